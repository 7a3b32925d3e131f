//! `collectstatic`: what a web server in front finds, and what is left alone.

use std::fs;
use std::io::Read;

use serde_json::Value as Json;
use tempfile::TempDir;

use super::dialogue::Dialogue;
use super::{fine, refusal};
use crate::support::{Server, agent, manage, output};

#[test]
fn the_folder_holds_what_the_program_serves_under_three_names() {
    let folder = TempDir::new().unwrap();
    let told = fine(folder.path(), &["collectstatic", "--noinput"]);
    let root = folder.path().join("staticfiles");
    let manifest: Json =
        serde_json::from_slice(&fs::read(root.join("staticfiles.json")).unwrap()).unwrap();
    let paths = manifest["paths"].as_object().unwrap();
    assert!(paths.len() >= 5, "{manifest}");
    assert_eq!(
        told,
        format!("{} static files copied to '{}', 0 unmodified.\n", paths.len(), root.display())
    );
    let server = Server::start(folder.path(), &[]);
    for (name, hashed) in paths {
        let hashed = hashed.as_str().unwrap();
        let content = fs::read(root.join(name)).unwrap();
        assert_eq!(fs::read(root.join(hashed)).unwrap(), content, "{hashed}");
        let mut served = agent().get(server.url(&format!("/static/{name}"))).call().unwrap();
        assert_eq!(served.body_mut().read_to_vec().unwrap(), content, "{name}");
        let packed = root.join(format!("{name}.gz"));
        if packed.exists() {
            let mut unpacked = Vec::new();
            flate2::read::GzDecoder::new(fs::File::open(packed).unwrap())
                .read_to_end(&mut unpacked)
                .unwrap();
            assert_eq!(unpacked, content, "{name}.gz");
        }
    }
    assert!(root.join("panel.css.gz").exists());
    let again = fine(folder.path(), &["collectstatic"]);
    assert!(
        again.contains(&format!(
            "0 static files copied to '{}', {} unmodified.",
            root.display(),
            paths.len()
        )),
        "{again}"
    );
}

#[test]
fn a_changed_file_is_asked_about_and_a_stale_one_is_told_and_cleared() {
    let folder = TempDir::new().unwrap();
    fine(folder.path(), &["collectstatic", "--noinput"]);
    let root = folder.path().join("staticfiles");
    let panel = root.join("panel.css");
    fs::write(&panel, "mine").unwrap();
    fs::create_dir(root.join("old")).unwrap();
    fs::write(root.join("old/panel.aaaaaaaaaaaa.css"), "old").unwrap();

    let mut dialogue = Dialogue::start(folder.path(), "collectstatic");
    dialogue.answer("Type 'yes' to continue, or 'no' to cancel: ", "no");
    let (told, code) = dialogue.end();
    assert!(told.contains("cancelled") && code == 1, "{told}");
    let told = fine(folder.path(), &["collectstatic", "--dry-run", "--clear"]);
    assert!(told.contains("Pretending to copy 'panel.css'"), "{told}");
    assert!(told.contains("Pretending to delete 'old/panel.aaaaaaaaaaaa.css'"), "{told}");
    assert_eq!(fs::read_to_string(&panel).unwrap(), "mine");

    let told = fine(folder.path(), &["collectstatic", "--noinput"]);
    assert!(told.contains("--clear removes them: old/panel.aaaaaaaaaaaa.css"), "{told}");
    assert!(told.contains("1 static file copied to "), "{told}");
    assert_ne!(fs::read_to_string(&panel).unwrap(), "mine");
    let told = fine(folder.path(), &["collectstatic", "--noinput", "--clear"]);
    assert!(told.contains("Deleting 'old/panel.aaaaaaaaaaaa.css'"), "{told}");
    assert!(!root.join("old/panel.aaaaaaaaaaaa.css").exists() && panel.exists());
}

#[test]
fn a_folder_of_somebody_else_is_not_cleared() {
    let folder = TempDir::new().unwrap();
    let home = TempDir::new().unwrap();
    fs::write(home.path().join("thesis.txt"), "years of work").unwrap();
    let refused = manage(folder.path(), &["collectstatic", "--noinput", "--clear"])
        .env("STATIC_ROOT", home.path())
        .output()
        .unwrap();
    assert!(refusal(&refused).contains("nothing was removed"));
    assert!(home.path().join("thesis.txt").exists());
    fs::write(folder.path().join("staticfiles"), "a file in the way").unwrap();
    assert!(
        refusal(&output(folder.path(), &["collectstatic", "--noinput"])).contains("staticfiles")
    );
}
