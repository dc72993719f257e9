//! Which file uses which, and the circles among them.

use std::collections::{BTreeMap, BTreeSet};

use super::sources::{self, Meaning, Module, Segments};

/// The items by whose use the first file needs the second.
pub(crate) type Arrows = BTreeMap<(String, String), BTreeSet<String>>;

/// An arrow from each file to every other that defines an item it uses.
pub(crate) fn arrows(files: &BTreeMap<String, String>) -> Arrows {
    let names = Names(sources::modules(files));
    let mut arrows = Arrows::new();
    for (at, module) in &names.0 {
        let plain = module.paths.iter().flat_map(|path| names.resolve(at, path, MOST_IMPORTS));
        let macros = module.macro_calls.iter().flat_map(|path| names.resolve_macro(at, path));
        for target in plain.chain(macros) {
            if let Target::Item { file, name } = target
                && file != module.file
            {
                arrows.entry((module.file.clone(), file)).or_default().insert(name);
            }
        }
    }
    arrows
}

/// A chain of re-exports is not longer. It ends where one imports itself.
const MOST_IMPORTS: usize = 12;

struct Names(BTreeMap<Segments, Module>);

#[derive(Clone)]
enum Target {
    Module(Segments),
    Item { file: String, name: String },
}

impl Names {
    /// What `path` leads to in the code of the module `at`; nothing when it leaves the crate.
    fn resolve(&self, at: &[String], path: &[String], imports: usize) -> Vec<Target> {
        let Some((first, rest)) = path.split_first() else { return Vec::new() };
        let mut targets = match &**first {
            "crate" => vec![Target::Module(Vec::new())],
            "self" => vec![Target::Module(at.to_vec())],
            "super" => vec![Target::Module(parent(at))],
            name => self.find(at, name, imports),
        };
        for name in rest {
            let modules: Vec<_> =
                targets.iter().filter(|target| matches!(target, Target::Module(_))).collect();
            if modules.is_empty() {
                // Variants and associated items are where their type is.
                break;
            }
            targets = modules.into_iter().flat_map(|target| self.step(target, name, imports)).collect();
        }
        targets
    }

    fn step(&self, target: &Target, name: &str, imports: usize) -> Vec<Target> {
        let Target::Module(inner) = target else { return Vec::new() };
        match name {
            "self" => vec![target.clone()],
            "super" => vec![Target::Module(parent(inner))],
            name => {
                let found = self.find(inner, name, imports);
                // A macro of the module makes it.
                let made = || vec![self.item(inner, name)];
                if found.is_empty() && imports > 0 && self.0.contains_key(inner) { made() } else { found }
            }
        }
    }

    /// What `name` means in the module `at`.
    fn find(&self, at: &[String], name: &str, imports: usize) -> Vec<Target> {
        let (Some(module), Some(left)) = (self.0.get(at), imports.checked_sub(1)) else { return Vec::new() };
        let meanings = module.names.get(name).map_or(&[][..], |meanings| meanings);
        let mut found = Vec::new();
        for meaning in meanings {
            match meaning {
                Meaning::Item => found.push(self.item(at, name)),
                Meaning::Module(path) => found.push(Target::Module(path.clone())),
                Meaning::Import(path) => found.extend(self.resolve(at, path, left)),
            }
        }
        if found.is_empty() {
            for target in module.globs.iter().flat_map(|glob| self.resolve(at, glob, left)) {
                if let Target::Module(inner) = target {
                    found.extend(self.find(&inner, name, left));
                }
            }
        }
        found
    }

    /// A macro is imported, or defined in a module around the call, or in one there that is `#[macro_use]`.
    fn resolve_macro(&self, at: &[String], path: &[String]) -> Vec<Target> {
        let found = self.resolve(at, path, MOST_IMPORTS);
        let [name] = path else { return found };
        if !found.is_empty() {
            return found;
        }
        for depth in (0..=at.len()).rev() {
            let around = &at[..depth];
            let mut places = self.0.iter().filter(|(place, module)| {
                let is_given_out = module.is_macro_use && !place.is_empty() && parent(place) == around;
                module.macros.contains(name) && (*place == around || is_given_out)
            });
            if let Some((place, _)) = places.next() {
                return vec![self.item(place, name)];
            }
        }
        Vec::new()
    }

    fn item(&self, at: &[String], name: &str) -> Target {
        Target::Item { file: self.0[at].file.clone(), name: name.to_owned() }
    }
}

fn parent(at: &[String]) -> Segments {
    at[..at.len().saturating_sub(1)].to_vec()
}

/// The files of each circle: those that need each other, directly or not. Each file is in one circle at most.
pub(crate) fn circles(arrows: &Arrows) -> Vec<BTreeSet<String>> {
    let mut left: BTreeSet<_> = arrows.keys().map(|(from, _)| from).collect();
    let mut circles = Vec::new();
    while let Some(file) = left.pop_first() {
        let reached = |from: &str| {
            let (mut reached, mut open) = (BTreeSet::new(), vec![from.to_owned()]);
            while let Some(at) = open.pop() {
                for (_, to) in arrows.keys().filter(|(from, _)| *from == at) {
                    if reached.insert(to.clone()) {
                        open.push(to.clone());
                    }
                }
            }
            reached
        };
        let circle: BTreeSet<_> = reached(file).into_iter().filter(|to| reached(to).contains(file)).collect();
        left.retain(|file| !circle.contains(*file));
        circles.extend(Some(circle).filter(|circle| !circle.is_empty()));
    }
    circles
}
