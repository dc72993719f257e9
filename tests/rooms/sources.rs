//! What each module of a crate defines, imports and names, read with `syn`.

use std::collections::{BTreeMap, HashMap, HashSet};

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::{
    Arm, Attribute, Field, FieldValue, ImplItem, Item, Local, Macro, Meta, Path, Token, UseTree, Variant,
    Visibility,
    punctuated::Punctuated,
    visit::{self, Visit},
};

/// The names of the modules from the root of the crate, or the segments of a path.
pub(crate) type Segments = Vec<String>;

/// What a name in a module stands for.
pub(crate) enum Meaning {
    Item,
    Module(Segments),
    Import(Segments),
}

/// A module as non-test code has it.
#[derive(Default)]
pub(crate) struct Module {
    /// The path of its file below `src`.
    pub(crate) file: String,
    pub(crate) names: HashMap<String, Vec<Meaning>>,
    pub(crate) globs: Vec<Segments>,
    /// Its `macro_rules`, which children that come after them see by their bare names.
    pub(crate) macros: HashSet<String>,
    pub(crate) is_macro_use: bool,
    /// Every path in its code, whatever it leads to. Re-exports are not among them.
    pub(crate) paths: Vec<Segments>,
    pub(crate) macro_calls: Vec<Segments>,
}

/// The modules that are reached from `lib.rs`, those of tests left out.
pub(crate) fn modules(files: &BTreeMap<String, String>) -> BTreeMap<Segments, Module> {
    let mut modules = BTreeMap::new();
    read_file(files, "lib.rs", Vec::new(), false, &mut modules);
    modules
}

fn read_file(
    files: &BTreeMap<String, String>,
    file: &str,
    at: Segments,
    is_macro_use: bool,
    modules: &mut BTreeMap<Segments, Module>,
) {
    let source = syn::parse_file(&files[file]).unwrap_or_else(|error| panic!("{file}: {error}"));
    read_module(
        files,
        Module { file: file.to_owned(), is_macro_use, ..Module::default() },
        at,
        &source.items,
        modules,
    );
}

fn read_module(
    files: &BTreeMap<String, String>,
    module: Module,
    at: Segments,
    items: &[Item],
    modules: &mut BTreeMap<Segments, Module>,
) {
    let mut reader = Reader { module, at: at.clone(), children: Vec::new() };
    items.iter().for_each(|item| reader.visit_item(item));
    let Reader { module, children, .. } = reader;
    for child in children {
        let path = joined(&at, &child.ident.to_string());
        let is_macro_use = child.attrs.iter().any(|attribute| attribute.path().is_ident("macro_use"));
        match &child.content {
            Some((_, items)) => {
                let inner = Module { file: module.file.clone(), is_macro_use, ..Module::default() };
                read_module(files, inner, path, items, modules);
            }
            None => {
                let name = path.join("/");
                let file = [format!("{name}.rs"), format!("{name}/mod.rs")];
                let file = file.iter().find(|file| files.contains_key(*file));
                read_file(
                    files,
                    file.unwrap_or_else(|| panic!("no file for {name}")),
                    path,
                    is_macro_use,
                    modules,
                );
            }
        }
    }
    modules.insert(at, module);
}

pub(crate) fn joined(path: &[String], name: &str) -> Segments {
    path.iter().cloned().chain([name.to_owned()]).collect()
}

struct Reader<'ast> {
    module: Module,
    at: Segments,
    children: Vec<&'ast syn::ItemMod>,
}

impl Reader<'_> {
    fn define(&mut self, name: String, meaning: Meaning) {
        self.module.names.entry(name).or_default().push(meaning);
    }

    /// The names that a `use` brings. One that is private is a use of the item; one that is not only passes it on.
    fn import(&mut self, prefix: &[String], tree: &UseTree, is_private: bool) {
        let (name, path) = match tree {
            UseTree::Path(inner) => {
                return self.import(&joined(prefix, &inner.ident.to_string()), &inner.tree, is_private);
            }
            UseTree::Group(group) => {
                return group.items.iter().for_each(|inner| self.import(prefix, inner, is_private));
            }
            UseTree::Glob(_) => {
                self.module.paths.extend(is_private.then(|| prefix.to_vec()));
                return self.module.globs.push(prefix.to_vec());
            }
            UseTree::Name(name) if name.ident == "self" => {
                (prefix[prefix.len() - 1].clone(), prefix.to_vec())
            }
            UseTree::Name(name) => (name.ident.to_string(), joined(prefix, &name.ident.to_string())),
            UseTree::Rename(rename) if rename.ident == "self" => (rename.rename.to_string(), prefix.to_vec()),
            UseTree::Rename(rename) => (rename.rename.to_string(), joined(prefix, &rename.ident.to_string())),
        };
        self.module.paths.extend(is_private.then(|| path.clone()));
        self.define(name, Meaning::Import(path));
    }

    /// Every path in tokens that are not parsed: those of a macro. A name after a dot or a dollar is not a path.
    fn read_tokens(&mut self, tokens: TokenStream, prefix: &[String]) {
        let mut path = Segments::new();
        let (mut colons, mut before) = (0, ' ');
        for token in tokens {
            match token {
                TokenTree::Ident(name) => {
                    if colons != 2 {
                        self.module
                            .paths
                            .extend(Some(std::mem::take(&mut path)).filter(|path| !path.is_empty()));
                    }
                    let is_name = !matches!(before, '.' | '\'' | '$') || name == "crate";
                    match path.is_empty() && is_name && colons != 2 {
                        true => path = joined(prefix, &name.to_string()),
                        false if !path.is_empty() => path.push(name.to_string()),
                        false => {}
                    }
                    (colons, before) = (0, ' ');
                }
                TokenTree::Punct(sign) if sign.as_char() == ':' => (colons, before) = (colons + 1, ':'),
                TokenTree::Group(group) => {
                    let is_import = colons == 2 && group.delimiter() == Delimiter::Brace;
                    self.read_tokens(group.stream(), if is_import { &path } else { &[] });
                    self.module.paths.extend(Some(std::mem::take(&mut path)).filter(|path| !path.is_empty()));
                    (colons, before) = (0, ' ');
                }
                other => {
                    self.module.paths.extend(Some(std::mem::take(&mut path)).filter(|path| !path.is_empty()));
                    (colons, before) =
                        (0, if let TokenTree::Punct(sign) = other { sign.as_char() } else { ' ' });
                }
            }
        }
        self.module.paths.extend(Some(path).filter(|path| !path.is_empty()));
    }
}

/// Visits all parts of one kind but those of tests.
macro_rules! but_of_tests {
    ($($visit:ident($part:ident);)*) => { $(
        fn $visit(&mut self, part: &'ast $part) {
            if !is_of_tests(&part.attrs) {
                visit::$visit(self, part);
            }
        }
    )* };
}

impl<'ast> Visit<'ast> for Reader<'ast> {
    fn visit_item(&mut self, item: &'ast Item) {
        let (attributes, name) = match item {
            Item::Const(item) => (&item.attrs, Some(&item.ident)),
            Item::Enum(item) => (&item.attrs, Some(&item.ident)),
            Item::Fn(item) => (&item.attrs, Some(&item.sig.ident)),
            Item::Impl(item) => (&item.attrs, None),
            Item::Macro(item) => (&item.attrs, item.ident.as_ref()),
            Item::Mod(item) => (&item.attrs, None),
            Item::Static(item) => (&item.attrs, Some(&item.ident)),
            Item::Struct(item) => (&item.attrs, Some(&item.ident)),
            Item::Trait(item) => (&item.attrs, Some(&item.ident)),
            Item::Type(item) => (&item.attrs, Some(&item.ident)),
            Item::Union(item) => (&item.attrs, Some(&item.ident)),
            Item::Use(item) => (&item.attrs, None),
            _ => panic!("{}: an item that this test does not know", self.module.file),
        };
        if is_of_tests(attributes) {
            return;
        }
        if let Some(name) = name {
            self.define(name.to_string(), Meaning::Item);
        }
        match item {
            Item::Mod(item) => {
                let path = joined(&self.at, &item.ident.to_string());
                self.define(item.ident.to_string(), Meaning::Module(path));
                self.children.push(item);
            }
            Item::Use(item) if item.leading_colon.is_none() => {
                self.import(&[], &item.tree, matches!(item.vis, Visibility::Inherited));
            }
            Item::Use(_) => {}
            Item::Macro(item) if item.ident.is_some() => {
                self.module.macros.extend(item.ident.as_ref().map(ToString::to_string));
                self.read_tokens(item.mac.tokens.clone(), &[]);
            }
            item => visit::visit_item(self, item),
        }
    }

    fn visit_path(&mut self, path: &'ast Path) {
        if path.leading_colon.is_none() {
            self.module.paths.push(segments(path));
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast Macro) {
        self.module.macro_calls.push(segments(&call.path));
        self.read_tokens(call.tokens.clone(), &[]);
    }

    /// Documentation uses nothing. What a derive is given can.
    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        let is_other =
            !["doc", "cfg", "cfg_attr", "allow"].iter().any(|name| attribute.path().is_ident(name));
        if let (Meta::List(list), true) = (&attribute.meta, is_other) {
            self.read_tokens(list.tokens.clone(), &[]);
        }
    }

    fn visit_impl_item(&mut self, item: &'ast ImplItem) {
        let attributes = match item {
            ImplItem::Const(item) => &item.attrs,
            ImplItem::Fn(item) => &item.attrs,
            ImplItem::Type(item) => &item.attrs,
            ImplItem::Macro(item) => &item.attrs,
            _ => panic!("{}: an item that this test does not know", self.module.file),
        };
        if !is_of_tests(attributes) {
            visit::visit_impl_item(self, item);
        }
    }

    but_of_tests! {
        visit_arm(Arm);
        visit_field(Field);
        visit_field_value(FieldValue);
        visit_local(Local);
        visit_variant(Variant);
    }
}

fn segments(path: &Path) -> Segments {
    path.segments.iter().map(|segment| segment.ident.to_string()).collect()
}

/// Whether a `cfg` leaves it out of every build but that of tests.
pub(crate) fn is_of_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().filter(|attribute| attribute.path().is_ident("cfg")).any(|attribute| {
        attribute.parse_args::<Meta>().is_ok_and(|condition| holds_in_tests_only(&condition))
    })
}

fn holds_in_tests_only(condition: &Meta) -> bool {
    let Meta::List(list) = condition else {
        return condition.path().is_ident("test") || condition.path().is_ident("doctest");
    };
    let parts = list.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated).unwrap_or_default();
    let mut parts = parts.iter();
    match () {
        () if list.path.is_ident("all") => parts.any(holds_in_tests_only),
        () if list.path.is_ident("any") => !list.tokens.is_empty() && parts.all(holds_in_tests_only),
        () => false,
    }
}
