//! Who uses whom in `src`: as the table of the library says, and never in a circle.

use std::collections::{BTreeMap, BTreeSet};

use crate::source::{Module, library, tables, ticked};

/// Which names stand on the left of an arrow, and which on the right.
type Arrows = BTreeSet<(String, String)>;

/// The arrows between the modules of each room: a module stands for all files below it.
///
/// A module and those inside it are one thing, so arrows between them do not count.
fn rooms(modules: &[Module]) -> BTreeMap<String, Arrows> {
    let mut rooms: BTreeMap<String, Arrows> = BTreeMap::new();
    for user in modules {
        for used in user.uses(modules) {
            let common = user.path.iter().zip(&used).take_while(|(a, b)| a == b).count();
            if let (Some(from), Some(to)) = (user.path.get(common), used.get(common)) {
                let room = rooms.entry(used[..common].join("::")).or_default();
                room.insert((from.clone(), to.clone()));
            }
        }
    }
    rooms
}

/// What is left when everything is taken away that uses nothing or is not used.
fn circles(mut arrows: Arrows) -> Arrows {
    loop {
        let before = arrows.len();
        let users: BTreeSet<String> = arrows.iter().map(|(from, _)| from.clone()).collect();
        arrows.retain(|(_, to)| users.contains(to));
        let used: BTreeSet<String> = arrows.iter().map(|(_, to)| to.clone()).collect();
        arrows.retain(|(from, _)| used.contains(from));
        if arrows.len() == before {
            return arrows;
        }
    }
}

/// Each module of the table in `src/lib.rs` with those that it says it uses.
fn table() -> BTreeMap<String, BTreeSet<String>> {
    let row =
        |row: Vec<String>| Some((ticked(row.get(1)?).pop()?, ticked(row.last()?).into_iter().collect()));
    tables(include_str!("../../src/lib.rs")).concat().into_iter().filter_map(row).collect()
}

#[test]
fn modules_use_those_that_the_table_names() {
    let modules = library();
    let arrows = rooms(&modules).remove("").unwrap_or_default();
    let mut found: BTreeMap<String, BTreeSet<String>> =
        modules.iter().filter_map(|module| Some((module.path.first()?.clone(), BTreeSet::new()))).collect();
    for (from, to) in arrows {
        found.entry(from).or_default().insert(to);
    }
    assert_eq!(found, table(), "left: what src uses, right: what the table in src/lib.rs says");
}

#[test]
fn no_module_uses_itself_through_others() {
    let modules = library();
    assert!(rooms(&modules).len() > 1, "no arrows inside the modules were found");
    for (room, arrows) in rooms(&modules) {
        let left = circles(arrows);
        let room = room.replace("::", "/");
        assert!(left.is_empty(), "src/{room}: these use each other in a circle: {left:?}");
    }
}

#[test]
fn a_circle_is_found() {
    let arrows = |pairs: &[(&str, &str)]| -> Arrows {
        pairs.iter().map(|&(from, to)| (from.to_string(), to.to_string())).collect()
    };
    let ring = [("b", "c"), ("c", "d"), ("d", "b")];
    let more = [("a", "b"), ("d", "e"), ("b", "c"), ("c", "d"), ("d", "b")];
    assert_eq!(circles(arrows(&more)), arrows(&ring));
    assert!(circles(arrows(&more[..4])).is_empty());
}
