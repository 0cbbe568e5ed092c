//! Whoever uses the core sees std's types and the core's own, so that a dependency can be
//! replaced without anybody noticing.

use std::collections::HashSet;

use syn::{
    Fields, ImplItem, Item, Path, Signature, TraitItem, Type, UseTree, Visibility,
    visit::{self, Visit},
};

use super::{File, is_rust, verdict};

const MANIFEST: &str = "core/Cargo.toml";

pub(super) fn rule(files: &[File]) -> Result<(), String> {
    let manifest = files
        .iter()
        .find(|file| file.path == MANIFEST)
        .ok_or("no core/Cargo.toml")?;
    let foreign = dependencies(&manifest.text);
    if foreign.is_empty() {
        return Err(format!("{MANIFEST}: no dependencies were found"));
    }
    let sources = files
        .iter()
        .filter(|f| f.path.starts_with("core/src/") && is_rust(f));
    verdict(sources.flat_map(|file| problems(file, &foreign)).collect())
}

/// The crates that a manifest depends on, as code spells them.
fn dependencies(manifest: &str) -> HashSet<String> {
    let mut found = HashSet::new();
    let mut inside = false;
    for line in manifest.lines() {
        if line.starts_with('[') {
            inside = line.ends_with("dependencies]");
        } else if let (true, Some(end)) = (inside, line.find(['.', ' ', '='])) {
            found.extend(line.get(..end).map(|name| name.replace('-', "_")));
        }
    }
    found
}

fn problems(file: &File, foreign: &HashSet<String>) -> Vec<String> {
    let parsed = match syn::parse_file(&file.text) {
        Ok(parsed) => parsed,
        Err(problem) => return vec![format!("{}: {problem}", file.path)],
    };
    let mut names = foreign.clone();
    imported(&parsed.items, foreign, &mut names);
    let mut search = Search {
        names: &names,
        place: String::new(),
        found: Vec::new(),
    };
    parsed
        .items
        .iter()
        .for_each(|item| search.public_item(item));
    search
        .found
        .into_iter()
        .map(|problem| format!("{}: {problem}", file.path))
        .collect()
}

/// Adds the names that `use` brings in from foreign crates.
fn imported(items: &[Item], foreign: &HashSet<String>, names: &mut HashSet<String>) {
    for item in items {
        if let Item::Use(item) = item
            && let UseTree::Path(path) = &item.tree
            && foreign.contains(&path.ident.to_string())
        {
            leaves(&path.tree, names);
        }
    }
}

fn leaves(tree: &UseTree, names: &mut HashSet<String>) {
    match tree {
        UseTree::Path(path) => leaves(&path.tree, names),
        UseTree::Name(name) => drop(names.insert(name.ident.to_string())),
        UseTree::Rename(name) => drop(names.insert(name.rename.to_string())),
        UseTree::Group(group) => group.items.iter().for_each(|tree| leaves(tree, names)),
        UseTree::Glob(_) => {}
    }
}

/// Goes through what is public, and only through signatures, never bodies.
struct Search<'a> {
    names: &'a HashSet<String>,
    /// The item that is being looked at.
    place: String,
    found: Vec<String>,
}

impl Search<'_> {
    fn public_item(&mut self, item: &Item) {
        match item {
            Item::Fn(item) if is_public(&item.vis) => self.signature(&item.sig),
            Item::Struct(item) if is_public(&item.vis) => {
                self.place = item.ident.to_string();
                self.visit_generics(&item.generics);
                let public = item.fields.iter().filter(|field| is_public(&field.vis));
                public.for_each(|field| self.visit_type(&field.ty));
            }
            Item::Enum(item) if is_public(&item.vis) => {
                self.place = item.ident.to_string();
                item.variants
                    .iter()
                    .for_each(|variant| self.fields(&variant.fields));
            }
            Item::Type(item) if is_public(&item.vis) => {
                self.place = item.ident.to_string();
                self.visit_type(&item.ty);
            }
            Item::Const(item) if is_public(&item.vis) => self.named(&item.ident, &item.ty),
            Item::Static(item) if is_public(&item.vis) => self.named(&item.ident, &item.ty),
            Item::Trait(item) if is_public(&item.vis) => {
                self.place = item.ident.to_string();
                item.supertraits
                    .iter()
                    .for_each(|bound| self.visit_type_param_bound(bound));
                let methods = item.items.iter().filter_map(|item| match item {
                    TraitItem::Fn(method) => Some(&method.sig),
                    _ => None,
                });
                methods.for_each(|signature| self.signature(signature));
            }
            // What a trait's implementation looks like is the trait's matter.
            Item::Impl(item) if item.trait_.is_none() => {
                let methods = item.items.iter().filter_map(|item| match item {
                    ImplItem::Fn(method) if is_public(&method.vis) => Some(&method.sig),
                    _ => None,
                });
                methods.for_each(|signature| self.signature(signature));
            }
            Item::Use(item) if is_public(&item.vis) => {
                let mut names = HashSet::new();
                if let UseTree::Path(path) = &item.tree {
                    names.insert(path.ident.to_string());
                }
                names.iter().for_each(|name| self.name(name, "pub use"));
            }
            _ => {}
        }
    }

    fn signature(&mut self, signature: &Signature) {
        self.place = signature.ident.to_string();
        self.visit_signature(signature);
    }

    fn named(&mut self, name: &syn::Ident, of: &Type) {
        self.place = name.to_string();
        self.visit_type(of);
    }

    fn fields(&mut self, fields: &Fields) {
        fields.iter().for_each(|field| self.visit_type(&field.ty));
    }

    fn name(&mut self, name: &str, place: &str) {
        if self.names.contains(name) {
            self.found.push(format!("`{place}` shows `{name}`"));
        }
    }
}

impl<'a> Visit<'a> for Search<'_> {
    fn visit_path(&mut self, path: &'a Path) {
        if let Some(first) = path.segments.first() {
            let place = self.place.clone();
            self.name(&first.ident.to_string(), &place);
        }
        visit::visit_path(self, path);
    }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::file;

    fn found(code: &str) -> usize {
        let manifest = "[package]\nname = \"x\"\n[dependencies]\nserde.workspace = true\n\
            serde_json = { a = 1 }\n[target.'cfg(unix)'.dependencies]\nthe-client = \"1\"\n[lints]\nz = 1\n";
        let foreign = dependencies(manifest);
        assert_eq!(foreign.len(), 3, "{foreign:?}");
        problems(&file("core/src/a.rs", code), &foreign).len()
    }

    #[test]
    fn a_foreign_type_in_a_public_signature_is_found() {
        for code in [
            "pub fn f(a: serde_json::Value) {}",
            "pub fn f() -> Result<Vec<the_client::Answer>, ()> { todo!() }",
            "use the_client::{Client as C}; pub struct S { pub a: C }",
            "use the_client::Client; pub struct S; impl S { pub fn f(&self) -> &Client { x() } }",
            "pub fn f<T: serde::Serialize>(a: T) {}",
            "pub enum E { A(serde_json::Error) }",
            "pub trait T { fn f(&self, a: the_client::Request); }",
            "pub type A = serde_json::Value;",
            "pub use the_client::Client;",
            "pub const A: the_client::Version = x();",
        ] {
            assert!(found(code) > 0, "{code}");
        }
    }

    #[test]
    fn what_is_hidden_may_use_anything() {
        let code = "
            use the_client::Client;
            pub struct S { a: Client, pub b: String }
            impl S {
                pub fn f(&self) -> String { serde_json::to_string(&1).unwrap() }
                pub(crate) fn g(&self) -> Client { x() }
            }
            impl serde::Serialize for S { fn s(&self, a: the_client::X) {} }
            fn h(a: serde_json::Value) {}
        ";
        assert_eq!(found(code), 0);
    }
}
