//! What every page has: its head, the site's name and navigation, the foot.

use super::Context;
use crate::catalog::{Catalog, Date, NavigationTarget};
use crate::theme::{Script, Sheet};
use crate::urls::{self, LinkBase, SiteUrl};

/// What a page says of itself to its frame.
#[derive(Debug, Clone)]
pub struct Head<'a> {
    /// Its address.
    pub url: &'a SiteUrl,
    /// Its title, without the site's name.
    pub title: String,
    /// What it says, in one or two sentences.
    pub description: String,
    /// Its type in the vocabulary of Open Graph: `website`, `article`.
    pub kind: &'static str,
    /// The stylesheet that it needs.
    pub sheet: Sheet,
    /// The scripts that it needs beside that of every page.
    pub scripts: &'a [Script],
    /// The newest date of a source of what it says. Never a date of the whole site, which would change every page.
    pub as_of: Option<Date>,
}

/// The frame around a page; `templates/base.html` places it.
#[derive(Debug, Clone)]
pub struct Layout {
    /// Language of the texts.
    pub lang: String,
    /// Title of the page with the name of the site, where that fits.
    pub title: String,
    /// What the page says.
    pub description: String,
    /// Title without the name of the site, for previews of links.
    pub preview_title: String,
    /// Type of the page in previews.
    pub kind: &'static str,
    /// Whole address; without a base URL there is none.
    pub canonical: Option<String>,
    /// Whether search engines should leave the page out.
    pub noindex: bool,
    /// Colours of the ground, light and dark.
    pub grounds: Option<Grounds>,
    /// Link to the stylesheet.
    pub stylesheet: String,
    /// Link to the icon.
    pub icon: String,
    /// Link to the script that runs before the first paint.
    pub theme_script: String,
    /// Links to the other scripts.
    pub scripts: Vec<String>,
    /// Link to the catalogue.
    pub home: String,
    /// Link to the search field of the catalogue.
    pub search: String,
    /// Name of the site.
    pub brand: String,
    /// The navigation.
    pub navigation: Vec<NavigationLink>,
    /// The newest date of a source of this page.
    pub as_of: Option<DateWords>,
    /// Who runs the site.
    pub operator: Option<OperatorWords>,
}

/// Colours of the ground.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grounds {
    /// In light.
    pub light: String,
    /// In dark.
    pub dark: String,
}

/// A link of the navigation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NavigationLink {
    /// Its word.
    pub label: String,
    /// Where it leads.
    pub href: String,
    /// `page` on that page itself, `true` on those below it.
    pub current: Option<&'static str>,
    /// Whether it leaves the site.
    pub external: bool,
}

/// A date for machines and for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateWords(Date);

impl DateWords {
    /// `2025-01-31`
    #[must_use]
    pub fn iso(self) -> Date {
        self.0
    }

    /// `31 Jan 2025`
    #[must_use]
    pub fn words(self) -> String {
        self.0.long()
    }
}

impl From<Date> for DateWords {
    fn from(date: Date) -> Self {
        Self(date)
    }
}

/// Who runs the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperatorWords {
    /// Name.
    pub name: String,
    /// Home page.
    pub url: Option<String>,
}

/// Up to this many characters, search engines show a title whole.
const TITLE_LENGTH: usize = 65;

impl Layout {
    /// The frame of a page.
    #[must_use]
    pub fn new(cx: &Context<'_>, head: Head<'_>) -> Self {
        let settings = &cx.catalog.settings;
        let base = link_base(cx.catalog, head.url);
        let indexed = *head.url != urls::not_found();
        Self {
            lang: settings.language.clone(),
            title: full_title(&head.title, &settings.title),
            description: head.description,
            preview_title: head.title,
            kind: head.kind,
            canonical: settings.base_url.as_ref().filter(|_| indexed).map(|url| head.url.absolute(url.as_str())),
            noindex: !indexed,
            grounds: cx.theme.grounds().map(|(light, dark)| Grounds { light: light.into(), dark: dark.into() }),
            stylesheet: base.href(cx.theme.stylesheet(head.sheet)),
            icon: base.href(cx.theme.icon()),
            theme_script: base.href(cx.theme.script(Script::Theme)),
            scripts: head.scripts.iter().map(|script| base.href(cx.theme.script(*script))).collect(),
            home: base.href(&urls::home()),
            search: format!("{}#q", base.href(&urls::home())),
            brand: settings.title.clone(),
            navigation: navigation(cx.catalog, head.url, &base),
            as_of: head.as_of.map(DateWords::from),
            operator: settings.operator.as_ref().map(|operator| OperatorWords {
                name: operator.name.clone(),
                url: operator.url.as_ref().map(|url| url.as_str().to_owned()),
            }),
        }
    }
}

/// The path under which the site is published: begins and ends with a slash.
#[must_use]
pub fn base_path(catalog: &Catalog) -> String {
    let base_url = catalog.settings.base_url.as_ref().map_or("", |url| url.as_str());
    let path = base_url.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map_or("", |(_, path)| path);
    if path.is_empty() { "/".to_owned() } else { format!("/{}/", path.trim_matches('/')) }
}

/// From where a page links. The page for unknown addresses is served at any depth, so it links from the host's root.
#[must_use]
pub fn link_base(catalog: &Catalog, url: &SiteUrl) -> LinkBase {
    if *url == urls::not_found() { LinkBase::Root(base_path(catalog)) } else { LinkBase::Page(url.clone()) }
}

fn full_title(title: &str, site: &str) -> String {
    let full = format!("{title} · {site}");
    if !title.starts_with(site) && full.chars().count() <= TITLE_LENGTH { full } else { title.to_owned() }
}

fn navigation(catalog: &Catalog, here: &SiteUrl, base: &LinkBase) -> Vec<NavigationLink> {
    let models = NavigationLink {
        label: "Models".to_owned(),
        href: base.href(&urls::home()),
        current: if *here == urls::home() {
            Some("page")
        } else {
            ["models/", "catalogue/", "families/"].into_iter().find_map(|folder| below(here, folder))
        },
        external: false,
    };
    let own = catalog.settings.navigation.iter().map(|item| match &item.target {
        NavigationTarget::Page(path) => {
            let url = urls::authored(path);
            let page = url.as_str().split(['#', '?']).next().unwrap_or_default();
            NavigationLink {
                label: item.label.clone(),
                href: base.href(&url),
                current: if url == *here { Some("page") } else { below(here, page) },
                external: false,
            }
        }
        NavigationTarget::Web(url) => {
            NavigationLink { label: item.label.clone(), href: url.as_str().to_owned(), current: None, external: true }
        }
    });
    std::iter::once(models).chain(own).collect()
}

/// Whether an address lies below a folder of the site.
fn below(here: &SiteUrl, folder: &str) -> Option<&'static str> {
    (folder.ends_with('/') && here.as_str().starts_with(folder)).then_some("true")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::resolve::example;
    use crate::catalog::{Listings, Rankings};
    use crate::theme::Theme;

    const SITE: &str = "title = \"Cards\"\nbase_url = \"https://a.example/cards/\"\n\
        [operator]\nname = \"Acme\"\n\
        [[navigation]]\nlabel = \"About\"\nurl = \"about/\"\n[[navigation]]\nlabel = \"Code\"\nurl = \"https://code.example/\"";

    fn layout(site: &str, path: &str) -> Layout {
        let files = [("site.toml", site), ("models/acme/a.toml", "name = \"A\""), ("pages/about.md", "# About")];
        let catalog = example::catalog(&files);
        let (rankings, theme) = (Rankings::new(&catalog, example::today()), Theme::default());
        let cx = Context {
            catalog: &catalog,
            rankings: &rankings,
            listings: &Listings::default(),
            theme: &theme,
            statics: &[],
            today: example::today(),
        };
        let url = if path == "404.html" { urls::not_found() } else { urls::authored(path) };
        let head = Head {
            url: &url,
            title: "Title".to_owned(),
            description: String::new(),
            kind: "website",
            sheet: Sheet::Card,
            scripts: &[Script::Card],
            as_of: Date::parse("2026-01-31"),
        };
        Layout::new(&cx, head)
    }

    #[test]
    fn the_navigation_says_where_the_reader_is() {
        let current = |path| layout(SITE, path).navigation.iter().map(|link| link.current).collect::<Vec<_>>();
        assert_eq!(current(""), [Some("page"), None, None]);
        assert_eq!(current("models/acme/a/"), [Some("true"), None, None]);
        assert_eq!(current("about/"), [None, Some("page"), None]);
        assert_eq!(current("about/us/"), [None, Some("true"), None]);
        assert!(layout(SITE, "").navigation[2].external);
    }

    #[test]
    fn addresses_are_relative_but_for_those_that_must_be_whole() {
        let card = layout(SITE, "models/acme/a/");
        assert_eq!((card.home.as_str(), card.search.as_str()), ("../../../", "../../../#q"));
        assert_eq!(card.canonical.as_deref(), Some("https://a.example/cards/models/acme/a/"));
        assert!(card.stylesheet.starts_with("../../../assets/style-card-") && card.scripts[0].contains("assets/card-"));
        assert_eq!(layout("title = \"Cards\"", "about/").canonical, None);
    }

    #[test]
    fn the_page_for_unknown_addresses_links_from_the_root_and_is_not_indexed() {
        let page = layout(SITE, "404.html");
        assert_eq!((page.home.as_str(), page.noindex, page.canonical), ("/cards/", true, None));
        assert!(page.stylesheet.starts_with("/cards/assets/"));
        assert_eq!(layout("title = \"Cards\"", "404.html").home, "/");
    }

    #[test]
    fn a_title_has_the_name_of_the_site_where_it_fits() {
        assert_eq!(full_title("About", "Cards"), "About · Cards");
        assert_eq!(full_title("Cards", "Cards"), "Cards");
        assert_eq!(full_title("Cards: models", "Cards"), "Cards: models");
        let long = "x".repeat(TITLE_LENGTH);
        assert_eq!(full_title(&long, "Cards"), long);
    }
}
