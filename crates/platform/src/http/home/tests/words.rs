//! The words of the pages.

use crate::http::home::pages::TEMPLATES;
use crate::i18n::{Lang, Texts};

#[test]
fn every_sentence_of_a_template_exists_in_both_languages() {
    let mut keys: Vec<&str> = TEMPLATES
        .iter()
        .flat_map(|(_, source)| source.split(" t(\"").skip(1))
        .filter_map(|rest| rest.split('"').next())
        .filter(|key| key.contains('.') && !key.ends_with('.'))
        .collect();
    assert!(keys.len() > 25);
    let built = ["email", "user_name", "document_number", "password", "password_again"];
    let built: Vec<String> = built.iter().map(|name| format!("page.field.{name}")).collect();
    keys.extend(built.iter().map(String::as_str));
    for key in keys {
        for lang in [Lang::Es, Lang::En] {
            assert!(Texts::PLATFORM.look_up(lang, key).is_some(), "{key} in {lang:?}");
        }
        // The other language stands in for a missing one, so the two are compared.
        let (es, en) =
            (Texts::PLATFORM.look_up(Lang::Es, key), Texts::PLATFORM.look_up(Lang::En, key));
        assert_ne!(es, en, "{key}");
    }
}
