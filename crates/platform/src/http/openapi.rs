//! The description of the API (OpenAPI 3.1), made from the route table, and the page that shows it.

use std::collections::BTreeMap;

use axum::extract::State;
use serde_json::{Map, Value as Json, json};

use super::routes::{AnswerDoc, Beside, BodyDoc, Holds, Shape};
use super::{Access, Answer, Field, Route, health, json as answer, upload};
use crate::app::App;
use crate::db::{Column, Kind, Table};

pub(super) fn routes() -> Vec<Route> {
    vec![Route::get("/api/schema/", Access::Public, show).summary("This description of the API")]
}

async fn show(State(app): State<App>) -> Answer {
    Ok(answer(200, &document(&app)))
}

/// The whole document.
#[must_use]
pub fn document(app: &App) -> Json {
    let mut paths: BTreeMap<String, Map<String, Json>> = BTreeMap::new();
    let mut schemas: BTreeMap<String, Json> = BTreeMap::new();
    schemas.insert("Error".into(), error_schema());
    let mut add = |tag: &str, prefix: &str, routes: Vec<Route>| {
        for route in routes {
            let path = format!("{prefix}{}", route.path);
            let operation = operation(tag, &path, &route, &mut schemas);
            paths.entry(path).or_default().insert(route.method.as_str().to_lowercase(), operation);
        }
    };
    add("system", "", health::routes());
    add("system", "", routes());
    add("system", "", upload::routes(app.program()));
    for module in app.program().modules {
        for (prefix, routes) in module.route_tables() {
            add(module.name, &prefix, routes);
        }
    }
    let tags: Vec<Json> = app
        .program()
        .modules
        .iter()
        .map(|module| json!({ "name": module.name, "description": module.label.en }))
        .collect();
    json!({
        "openapi": "3.1.0",
        "info": { "title": app.program().name, "version": app.program().version, "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" } },
        "tags": tags,
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "bearer": { "type": "http", "scheme": "bearer", "bearerFormat": "JWT" },
                "basic": { "type": "http", "scheme": "basic" },
                "session": { "type": "apiKey", "in": "cookie", "name": crate::auth::session::COOKIE }
            }
        }
    })
}

fn operation(tag: &str, path: &str, route: &Route, schemas: &mut BTreeMap<String, Json>) -> Json {
    let mut parameters: Vec<Json> = path
        .split('/')
        .filter_map(|part| part.strip_prefix('{').and_then(|part| part.strip_suffix('}')))
        .map(|name| json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } }))
        .collect();
    for (name, meaning) in route.doc.query {
        parameters.push(json!({ "name": name, "in": "query", "description": meaning, "schema": { "type": "string" } }));
    }
    let mut responses = Map::new();
    match &route.doc.answer {
        Some(doc) => {
            responses.insert(doc.status.to_string(), success(doc, schemas));
        }
        None => {
            responses.insert("200".into(), json!({ "description": "Success" }));
        }
    }
    let refusal = |description: &str| json!({ "description": description, "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Error" } } } });
    if route.doc.body.is_some() || !route.doc.query.is_empty() {
        responses.insert("400".into(), refusal("Values that need correction, by field"));
    }
    if route.doc.body.is_some() {
        responses.insert("409".into(), refusal("It collides with what is there"));
        responses.insert("413".into(), refusal("The body is too large"));
        responses.insert("415".into(), refusal("The body is of a kind nobody reads"));
    }
    if path.contains('{') {
        responses.insert("404".into(), refusal("No such thing"));
    }
    if route.access != Access::Public {
        responses.insert("401".into(), refusal("Who is asking is unknown"));
    }
    if matches!(route.access, Access::Permission(_)) {
        responses.insert("403".into(), refusal("The caller may not"));
    }
    responses.insert("503".into(), refusal("The database is away; try again"));
    let name = path.trim_matches('/').replace(['/', '-'], "_").replace(['{', '}'], "");
    let mut operation = json!({
        "operationId": format!("{}_{name}", route.method.as_str().to_lowercase()),
        "summary": route.doc.summary,
        "tags": [tag],
        "parameters": parameters,
        "responses": responses,
        "security": security(route.access),
    });
    if let (Access::Permission(permission), Some(object)) =
        (route.access, operation.as_object_mut())
    {
        object.insert("x-permission".into(), json!(permission));
    }
    if let (Some(body), Some(object)) = (&route.doc.body, operation.as_object_mut()) {
        let schema = body_schema(body, route.method == axum::http::Method::PATCH);
        let mut content = Map::new();
        if let BodyDoc::Files(_, _, files) = body {
            let schema = with_files(schema.clone(), files);
            content.insert("multipart/form-data".into(), json!({ "schema": schema }));
        }
        // Where there is nothing but files, there is nothing to say in JSON.
        if !matches!(body, BodyDoc::Files(_, [], _)) {
            content.insert("application/json".into(), json!({ "schema": schema }));
        }
        object.insert("requestBody".into(), json!({ "required": true, "content": content }));
    }
    operation
}

fn security(access: Access) -> Json {
    match access {
        Access::Public => json!([]),
        _ => json!([{ "bearer": [] }, { "session": [] }, { "basic": [] }]),
    }
}

fn success(doc: &AnswerDoc, schemas: &mut BTreeMap<String, Json>) -> Json {
    for (name, schema) in (doc.schemas)() {
        schemas.entry(name).or_insert_with(|| serde_json::to_value(&schema).unwrap_or_default());
    }
    if doc.schema.is_empty() {
        return json!({ "description": "Success" });
    }
    let one = json!({ "$ref": format!("#/components/schemas/{}", doc.schema) });
    let list = json!({ "type": "array", "items": one });
    let schema = match doc.shape {
        Shape::One => one,
        Shape::List => list,
        Shape::Keyed(key) => {
            json!({ "type": "object", "properties": { key: one }, "required": [key] })
        }
        Shape::KeyedList(key) => {
            json!({ "type": "object", "properties": { key: list }, "required": [key] })
        }
        Shape::Page => {
            let link = json!({ "type": ["string", "null"] });
            let number = json!({ "type": "integer", "minimum": 0 });
            json!({
                "type": "object",
                "properties": {
                    "count": number, "num_pages": number, "current_page": number,
                    "next": link, "previous": link, "results": list
                },
                "required": ["count", "num_pages", "current_page", "next", "previous", "results"]
            })
        }
    };
    json!({ "description": "Success", "content": { "application/json": { "schema": schema } } })
}

fn error_schema() -> Json {
    json!({
        "type": "object",
        "description": "Why it was refused. Complaints about fields stand under the field's own name, each a list of sentences.",
        "properties": {
            "message": { "type": "string", "description": "A sentence for people" },
            "code": { "type": "string", "description": "Stable, machine-readable" },
            "request_id": { "type": "string" },
            "detail": { "type": "string" },
            "error": { "type": "string" }
        },
        "additionalProperties": true
    })
}

fn body_schema(body: &BodyDoc, is_patch: bool) -> Json {
    match body {
        BodyDoc::Texts(fields) => {
            let properties: Map<String, Json> = fields
                .iter()
                .map(|(name, _)| ((*name).to_owned(), json!({ "type": "string" })))
                .collect();
            let required: Vec<&str> =
                fields.iter().filter(|(_, required)| *required).map(|(name, _)| *name).collect();
            json!({ "type": "object", "properties": properties, "required": required })
        }
        BodyDoc::Fields(table, fields) | BodyDoc::Files(table, fields, _) => {
            fields_schema(table, fields, &[], is_patch)
        }
        BodyDoc::With(table, fields, beside) => fields_schema(table, fields, beside, is_patch),
    }
}

fn fields_schema(table: &Table, fields: &[Field], beside: &[Beside], is_patch: bool) -> Json {
    let mut properties: Map<String, Json> = fields
        .iter()
        .filter_map(|field| {
            table
                .column(field.column)
                .map(|column| (field.key.to_owned(), field_schema(field, column)))
        })
        .collect();
    let mut required: Vec<&str> =
        fields.iter().filter(|field| field.required && !is_patch).map(|field| field.key).collect();
    for field in beside {
        properties.insert(field.name.to_owned(), beside_schema(field.holds));
        if field.required && !is_patch {
            required.push(field.name);
        }
    }
    json!({ "type": "object", "properties": properties, "required": required })
}

fn beside_schema(holds: Holds) -> Json {
    let list = |kind: Json| json!({ "type": "array", "items": { "type": kind } });
    match holds {
        Holds::Text => json!({ "type": "string" }),
        Holds::Id => json!({ "type": ["integer", "null"] }),
        Holds::Ids => list(json!("integer")),
        Holds::Names => list(json!(["integer", "string"])),
    }
}

fn with_files(mut schema: Json, files: &[&str]) -> Json {
    if let Some(properties) = schema.get_mut("properties").and_then(Json::as_object_mut) {
        for file in files {
            properties.insert((*file).to_owned(), json!({ "type": "string", "format": "binary" }));
        }
    }
    schema
}

fn field_schema(field: &Field, column: &Column) -> Json {
    let (kind, format) = match column.kind {
        Kind::Id | Kind::Int | Kind::Ref => ("integer", None),
        Kind::Bool => ("boolean", None),
        Kind::Decimal { .. } => ("string", Some("decimal")),
        Kind::Text(_) | Kind::LongText => ("string", field.email.then_some("email")),
        Kind::Date => ("string", Some("date")),
        Kind::Time => ("string", Some("time")),
        Kind::DateTime => ("string", Some("date-time")),
    };
    let mut schema = Map::new();
    let kind = if column.null && !field.required { json!([kind, "null"]) } else { json!(kind) };
    schema.insert("type".into(), kind);
    schema.insert("description".into(), json!(column.label.en));
    if let Some(format) = format {
        schema.insert("format".into(), json!(format));
    }
    if let Kind::Text(max) = column.kind {
        schema.insert("maxLength".into(), json!(max));
    }
    if field.min_length > 0 {
        schema.insert("minLength".into(), json!(field.min_length));
    }
    if !column.choices.is_empty() {
        schema.insert("enum".into(), json!(column.choices));
    }
    Json::Object(schema)
}
