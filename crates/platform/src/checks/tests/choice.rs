//! Which checks are asked.

use super::World;
use crate::checks::{Choice, Subject, Tag, all, run};
use crate::clock::Clock;
use crate::config::Source;
use crate::http::home::tests::PROGRAM;

fn ids(choice: &Choice) -> Vec<&'static str> {
    let chosen = all(&PROGRAM).into_iter().filter(|(module, check)| choice.takes(module, check));
    chosen.map(|(_, check)| check.id).collect()
}

#[test]
fn without_a_word_nothing_is_opened_and_production_is_not_asked_for() {
    let chosen = ids(&Choice::default());
    assert!(chosen.contains(&"config.E001") && chosen.contains(&"models.E003"));
    assert!(!chosen.iter().any(|id| id.starts_with("database.") || id.starts_with("redis.")));
    assert!(!chosen.contains(&"security.W018"));
}

#[test]
fn the_database_is_asked_alone_or_with_everything() {
    let chosen = ids(&Choice { database: true, ..Choice::default() });
    assert!(chosen.contains(&"database.E001") && !chosen.contains(&"redis.E001"));
    assert!(!chosen.contains(&"security.W018"));
    // A container waits for its database by this, and migrates after it.
    assert!(!chosen.contains(&"database.E003"));
    let everything = ids(&Choice { deploy: true, ..Choice::default() });
    assert_eq!(everything.len(), all(&PROGRAM).len());
}

#[test]
fn tags_and_modules_choose() {
    let deploy = |tags: &[Tag], modules: &[&str]| Choice {
        tags: tags.iter().copied().collect(),
        modules: modules.iter().map(|name| (*name).to_owned()).collect(),
        deploy: true,
        database: false,
    };
    let chosen = ids(&deploy(&[Tag::Caches, Tag::Logs], &[]));
    assert!(chosen.contains(&"redis.W004") && chosen.contains(&"logs.W001"));
    assert!(!chosen.contains(&"web.W002"));
    assert!(ids(&deploy(&[], &["people"])).is_empty(), "this module brings none");
    assert_eq!(ids(&deploy(&[], &["platform"])).len(), all(&PROGRAM).len());
}

#[test]
fn every_tag_is_one_of_the_list() {
    let mut names: Vec<&str> = Tag::ALL.iter().map(|tag| tag.name()).collect();
    names.sort_unstable();
    assert_eq!(names, Tag::ALL.map(Tag::name));
    for (_, check) in all(&PROGRAM) {
        assert!(!check.tags.is_empty(), "{} has no tag", check.id);
        assert!(check.tags.iter().all(|tag| Tag::ALL.contains(tag)));
    }
}

#[test]
fn looking_makes_no_database_and_no_key() {
    let world = World::good();
    let subject =
        Subject::new(&PROGRAM, world.folder.path(), Source::of(&[]), Clock::standing(world.now));
    let choice = Choice { deploy: true, ..Choice::default() };
    let report = run(&subject, &choice).unwrap();
    assert!(report.findings().iter().any(|finding| finding.id == "database.E003"));
    assert!(!world.path("data").exists());
}
