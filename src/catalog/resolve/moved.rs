//! Old addresses: `redirect_from` of models, `[redirects]` of the settings, and the addresses that aliases make.
//!
//! An old address never stands in the place of a page, and leads to a page and not to another old address: there are
//! no chains. What an author wrote and cannot be done is an error; an alias that makes no address of its own makes none.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::place::{self, Placed};
use crate::catalog::{DeveloperId, FreePage, Model, ModelId, Moved, MovedTo};
use crate::diagnostic::Diagnostic;
use crate::files::{FileId, Origin, SourceTree};
use crate::site::SitePath;
use crate::source::{Located, Sources};

/// Every old address in the order of the paths.
pub(super) fn moved(
    tree: &SourceTree,
    sources: &Sources,
    placed: &[Option<Placed<'_>>],
    models: &BTreeMap<ModelId, Model>,
    pages: &[FreePage],
    found: &mut Vec<Diagnostic>,
) -> Vec<Moved> {
    let placed: Vec<&Placed<'_>> = placed.iter().flatten().filter(|placed| models.contains_key(&placed.id)).collect();
    let mut written = Written::default();
    for placed in &placed {
        for from in &placed.parsed.value.redirect_from {
            written.add(placed.parsed.file, from, MovedTo::Model(placed.id.clone()), found);
        }
    }
    if let Some(site) = &sources.site {
        for (from, to) in &site.value.redirects {
            if is_page(&to.value) {
                written.add(site.file, from, MovedTo::Page(to.value.clone()), found);
            } else {
                let message =
                    format!("`{}` cannot be redirected to `{}`: that is no page of the site", from.value, to.value);
                let finding = Diagnostic::error("invalid-redirect", message);
                let help = "write the page's path from the site's root, as in `/about/`; `/` is the catalogue";
                found.push(finding.at(Origin { file: site.file, span: to.span }, "not a page").help(help));
            }
        }
    }
    let others = aliases(&placed);
    if written.moved.is_empty() && others.is_empty() {
        return Vec::new();
    }
    let taken = Taken::of(tree, &placed, pages);
    let mut moved = written.settle(tree, &taken, models, found);
    for (path, other) in others {
        let Some(other) = other else { continue };
        if !moved.contains_key(&path) && !taken.has(&path) {
            moved.insert(path, other);
        }
    }
    let mut moved: Vec<Moved> = moved.into_values().collect();
    moved.sort_by(|a, b| a.from.cmp(&b.from));
    moved
}

/// What authors wrote, by the folded path of the file that would stand there.
#[derive(Default)]
struct Written {
    moved: BTreeMap<String, Moved>,
}

impl Written {
    fn add(&mut self, file: FileId, from: &Located<String>, to: MovedTo, found: &mut Vec<Diagnostic>) {
        let origin = Origin { file, span: from.span };
        let (path, at) = match address(&from.value) {
            Ok(address) => address,
            Err(reason) => {
                let message = format!("`{}` cannot be an old address of the site: {reason}", from.value);
                let help = "write the path from the site's root with a slash in front, ending in a slash or in .html, \
                            as in `/models/openai/o3-mini-old/`";
                let finding = Diagnostic::error("invalid-redirect", message);
                found.push(finding.at(origin, "not an address").help(help));
                return;
            }
        };
        match self.moved.get(&at) {
            Some(first) => found.push(
                Diagnostic::error("duplicate-path", format!("the old address `{}` is claimed twice", from.value))
                    .at(origin, "the same address")
                    .at(first.origin, "the first one")
                    .help("keep it with the page to which readers should come"),
            ),
            None => drop(self.moved.insert(at, Moved { from: path, to, origin })),
        }
    }

    /// What can be done of it: all that stands in the place of no page and leads to one.
    fn settle(
        self,
        tree: &SourceTree,
        taken: &Taken<'_>,
        models: &BTreeMap<ModelId, Model>,
        found: &mut Vec<Diagnostic>,
    ) -> BTreeMap<String, Moved> {
        let mut kept = BTreeMap::new();
        for (at, moved) in &self.moved {
            if let Some(owner) = taken.files.get(at) {
                let message = format!("`/{}` cannot be redirected: {}", moved.from, owner.words(tree));
                let mut finding = Diagnostic::error("duplicate-path", message).at(moved.origin, "an address in use");
                if let Owner::Model(model) = owner
                    && let Some(model) = models.get(*model)
                {
                    finding = finding.at(model.origin, "that model");
                }
                found.push(finding.help("remove it, or give the page that stands there another address"));
                continue;
            }
            if let MovedTo::Page(to) = &moved.to
                && let Some(other) = address(to).ok().and_then(|(_, at)| self.moved.get(&at))
            {
                let message = format!("`/{}` is redirected to `{to}`, which has moved itself", moved.from);
                found.push(
                    Diagnostic::error("invalid-redirect", message)
                        .at(moved.origin, "leads to an old address")
                        .at(other.origin, "where that one leads on")
                        .help("redirect it to the page at which readers should arrive"),
                );
                continue;
            }
            kept.insert(at.clone(), moved.clone());
        }
        kept
    }
}

/// The addresses that aliases make beside their model's own, by the folded path of the file. `None` where two models
/// would have one: it means neither.
fn aliases(placed: &[&Placed<'_>]) -> BTreeMap<String, Option<Moved>> {
    let mut made: BTreeMap<String, Option<Moved>> = BTreeMap::new();
    for placed in placed {
        let developer = DeveloperId::new(placed.parsed.developer.as_str());
        for alias in &placed.parsed.value.aliases {
            let slug = ModelId::new(alias.value.as_str()).slug(&developer);
            let Some(slug) = slug.filter(|slug| *slug != placed.slug && place::is_portable(slug.as_str())) else {
                continue;
            };
            let from = format!("models/{developer}/{slug}/");
            let Ok((from, at)) = address(&format!("/{from}")) else { continue };
            let to = MovedTo::Model(placed.id.clone());
            let origin = Origin { file: placed.parsed.file, span: alias.span };
            made.entry(at)
                .and_modify(|first| {
                    if first.as_ref().is_some_and(|first| first.to != to) {
                        *first = None;
                    }
                })
                .or_insert(Some(Moved { from, to: to.clone(), origin }));
        }
    }
    made
}

/// Who has an address.
enum Owner<'a> {
    Model(&'a ModelId),
    Page(FileId),
    Static(&'a str),
    /// The catalogue, the page for unknown addresses.
    Own,
}

impl Owner<'_> {
    fn words(&self, tree: &SourceTree) -> String {
        match self {
            Self::Model(id) => format!("the model `{id}` stands there"),
            Self::Page(file) => format!("the page of {} stands there", tree.get(*file).path),
            Self::Static(path) => format!("static/{path} stands there"),
            Self::Own => "Modelfolio makes a page of its own there".to_owned(),
        }
    }
}

/// The paths of the site that are known before it is made, folded.
struct Taken<'a> {
    files: HashMap<String, Owner<'a>>,
    statics: HashSet<String>,
}

impl<'a> Taken<'a> {
    fn of(tree: &'a SourceTree, placed: &[&'a Placed<'_>], pages: &[FreePage]) -> Self {
        let folded = |path: String| SitePath::new(path).ok().map(|path| path.folded());
        let own = ["index.html", "404.html"].map(|path| (path.to_owned(), Owner::Own));
        let models = placed.iter().filter_map(|placed| {
            let path = folded(format!("models/{}/{}/index.html", placed.parsed.developer, placed.slug))?;
            Some((path, Owner::Model(&placed.id)))
        });
        let pages = pages
            .iter()
            .filter_map(|page| Some((folded(format!("{}/index.html", page.path))?, Owner::Page(page.file()?))));
        let statics = tree.statics().iter().filter_map(|file| Some((folded(file.path.clone())?, file.path.as_str())));
        let statics: Vec<(String, &str)> = statics.collect();
        Self {
            statics: statics.iter().map(|(path, _)| path.clone()).collect(),
            files: own
                .into_iter()
                .chain(models)
                .chain(pages)
                .chain(statics.into_iter().map(|(path, own)| (path, Owner::Static(own))))
                .collect(),
        }
    }

    /// Whether a file is at this path, or where this path needs a folder.
    fn has(&self, path: &str) -> bool {
        let mut folders = path.match_indices('/').map(|(end, _)| &path[..end]);
        self.files.contains_key(path) || folders.any(|folder| self.statics.contains(folder))
    }
}

/// The path of an address of the site, without the slash in front, and the folded path of the file that stands there.
fn address(text: &str) -> Result<(String, String), &'static str> {
    let path = text.strip_prefix('/').ok_or("it does not begin with a slash")?;
    let file = match path.strip_suffix('/') {
        Some(folder) => format!("{folder}/index.html"),
        None if path.is_empty() => return Err("the catalogue stands there"),
        None if path.ends_with(".html") => path.to_owned(),
        None => return Err("it ends neither in a slash nor in .html"),
    };
    let file = SitePath::new(file).map_err(|invalid| invalid.reason())?;
    Ok((path.to_owned(), file.folded()))
}

/// Whether this can be the path of a page: begins and ends with a slash.
fn is_page(text: &str) -> bool {
    text == "/" || (text.ends_with('/') && address(text).is_ok())
}

#[cfg(test)]
mod tests {
    use super::super::example;
    use super::*;

    const MODEL: &str = "models/acme/one.toml";

    /// The old addresses of these files, each with the words of where it leads.
    fn moved_of(files: &[(&str, &str)]) -> Vec<(String, String)> {
        let to = |moved: &Moved| match &moved.to {
            MovedTo::Model(id) => id.to_string(),
            MovedTo::Page(path) => path.clone(),
        };
        example::catalog(files).moved.iter().map(|moved| (moved.from.clone(), to(moved))).collect()
    }

    fn pair(from: &str, to: &str) -> (String, String) {
        (from.to_owned(), to.to_owned())
    }

    #[test]
    fn old_addresses_of_models_and_pages_lead_to_them() {
        let site = "title = \"T\"\n[redirects]\n\"/contact.html\" = \"/about/\"\n\"/start/\" = \"/\"";
        let moved = moved_of(&[
            ("site.toml", site),
            ("pages/about.md", "# About"),
            (MODEL, "name = \"One\"\nredirect_from = [\"/models/acme/uno/\", \"/old/one.html\"]"),
        ]);
        let wanted = [
            pair("contact.html", "/about/"),
            pair("models/acme/uno/", "acme/one"),
            pair("old/one.html", "acme/one"),
            pair("start/", "/"),
        ];
        assert_eq!(moved, wanted);
    }

    #[test]
    fn an_alias_leads_to_its_model_where_nothing_else_stands() {
        let two = |more: &str| {
            moved_of(&[(MODEL, "name = \"One\"\naliases = [\"one\", \"one:latest\"]"), ("models/acme/two.toml", more)])
        };
        assert_eq!(two("name = \"Two\""), [pair("models/acme/one-latest/", "acme/one")]);
        // Another model's path, an author's own redirect, a page: all of them win.
        assert_eq!(two("name = \"Two\"\nid = \"one latest\""), []);
        let redirect = two("name = \"Two\"\nredirect_from = [\"/models/acme/one-latest/\"]");
        assert_eq!(redirect, [pair("models/acme/one-latest/", "acme/two")]);
        let page = ("pages/models/acme/one-latest.md", "# Page");
        assert_eq!(moved_of(&[(MODEL, "name = \"One\"\naliases = [\"one-latest\"]"), page]), []);
        // Two models' aliases with one path mean neither.
        assert_eq!(two("name = \"Two\"\naliases = [\"one@latest\"]"), []);
        assert_eq!(two("name = \"Two\"\naliases = [\"acme/two.0\", \"con\", \"//\"]").len(), 2);
    }

    #[test]
    fn what_cannot_be_an_old_address_is_an_error() {
        for from in [
            "old/",
            "/old",
            "/",
            "//",
            "/a//b/",
            "/../a/",
            "/a?b/",
            "/a#b/",
            "/a%20b/",
            "https://a.example/",
            "/con/",
            "/*/",
            "/:a/",
        ] {
            let model = format!("name = \"One\"\nredirect_from = [\"{from}\"]");
            assert_eq!(example::codes(&[(MODEL, &model)]), ["invalid-redirect"], "{from}");
        }
        for to in ["about/", "/about", "https://a.example/", "/x.html", "/about/#us"] {
            let site = format!("title = \"T\"\n[redirects]\n\"/old/\" = \"{to}\"");
            assert_eq!(
                example::codes(&[("site.toml", &site), (MODEL, "name = \"One\"")]),
                ["invalid-redirect"],
                "{to}"
            );
        }
    }

    #[test]
    fn an_address_in_use_or_claimed_twice_is_an_error_that_shows_both() {
        let about = ("pages/About.md", "# About");
        for from in
            ["/models/acme/one/", "/models/acme/ONE/", "/models/acme/two/", "/about/", "/404.html", "/index.html"]
        {
            let model = format!("name = \"One\"\nredirect_from = [\"{from}\"]");
            let files = [(MODEL, model.as_str()), ("models/acme/two.toml", "name = \"Two\""), about];
            assert_eq!(example::codes(&files), ["duplicate-path"], "{from}");
        }
        let model = (MODEL, "name = \"One\"\nredirect_from = [\"/old/\", \"/OLD/index.html\"]");
        let (_, _, found) = example::resolved(&[model], None);
        assert_eq!((found[0].code, found[0].labels.len(), found.len()), ("duplicate-path", 2, 1));
    }

    #[test]
    fn no_redirect_leads_to_another_or_to_itself() {
        for redirects in ["\"/a/\" = \"/b/\"\n\"/b/\" = \"/\"", "\"/a/\" = \"/a/\"", "\"/a/\" = \"/old/\""] {
            let site = format!("title = \"T\"\n[redirects]\n{redirects}");
            let model = (MODEL, "name = \"One\"\nredirect_from = [\"/old/\"]");
            assert_eq!(example::codes(&[("site.toml", &site), model]), ["invalid-redirect"], "{redirects}");
        }
    }
}
