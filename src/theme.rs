//! The theme: stylesheet, scripts and icon, assembled, fingerprinted, and part of the program.
//!
//! It stands in `static/theme/`. A site's own file of the same path replaces one of the theme's; its
//! `theme/css/custom.css` comes after all of them. Whether a page exists is nothing that the theme knows.

use xxhash_rust::xxh3::xxh3_64;

use crate::files::StaticFile;
use crate::minify;
use crate::site::SitePath;
use crate::urls::{self, SiteUrl};

macro_rules! embedded {
    ($($path:literal),+ $(,)?) => {
        &[$(($path, include_str!(concat!("../static/theme/", $path)))),+]
    };
}

/// The stylesheets in the order in which they apply. The stem of each is the name of its cascade layer.
const STYLES: &[(&str, &str)] = embedded![
    "css/tokens.css",
    "css/base.css",
    "css/frame.css",
    "css/parts.css",
    "css/pages.css",
    "css/text.css",
    "css/faq.css",
    "css/catalogue.css",
    "css/facts.css",
    "css/list.css",
    "css/charts.css",
    "css/card.css",
    "css/print.css",
];

/// A site's own stylesheet: after the theme's and in no layer, so that it wins.
const CUSTOM_STYLE: &str = "css/custom.css";

/// The script modules, one behaviour each.
const MODULES: &[(&str, &str)] = embedded!["js/theme.js", "js/copy.js", "js/tabs.js", "js/catalogue.js"];

const ICON: (&str, &str) = ("icon.svg", include_str!("../static/theme/icon.svg"));

/// A stylesheet: what every page needs and what pages of one kind need, in one file, so that a page asks for one and
/// gets no more than it uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sheet {
    /// For pages of text.
    Plain,
    /// For cards.
    Card,
    /// For the catalogue.
    Catalogue,
    /// For pages of tables: developers, providers, benchmarks.
    List,
    /// For charts.
    Chart,
}

impl Sheet {
    const ALL: [Self; 5] = [Self::Plain, Self::Card, Self::Catalogue, Self::List, Self::Chart];

    fn stem(self) -> &'static str {
        match self {
            Self::Plain => "style",
            Self::Card => "style-card",
            Self::Catalogue => "style-catalogue",
            Self::List => "style-list",
            Self::Chart => "style-chart",
        }
    }

    /// Whether the file at this path is part of the sheet.
    fn has(self, path: &str) -> bool {
        match path {
            "css/card.css" => self == Self::Card,
            "css/text.css" => self == Self::Plain,
            "css/faq.css" => matches!(self, Self::Plain | Self::Card),
            "css/pages.css" => matches!(self, Self::Catalogue | Self::List | Self::Chart),
            "css/catalogue.css" => self == Self::Catalogue,
            "css/facts.css" => matches!(self, Self::Card | Self::List | Self::Chart),
            "css/list.css" => self == Self::List,
            "css/charts.css" => self == Self::Chart,
            _ => true,
        }
    }
}

/// A script that pages load: modules in one file, so that a page asks for few.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Script {
    /// On every page, before the first paint: the reader's choice of light or dark.
    Theme,
    /// On cards: copy buttons, code tabs that remember the language.
    Card,
    /// On the catalogue: search, filters, sorting.
    Catalogue,
    /// On pages that have something to copy and no more.
    Copy,
}

impl Script {
    const ALL: [Self; 4] = [Self::Theme, Self::Card, Self::Catalogue, Self::Copy];

    fn stem(self) -> &'static str {
        match self {
            Self::Theme => "theme",
            Self::Card => "card",
            Self::Catalogue => "catalogue",
            Self::Copy => "copy",
        }
    }

    fn modules(self) -> &'static [&'static str] {
        match self {
            Self::Theme => &["js/theme.js"],
            Self::Card => &["js/copy.js", "js/tabs.js"],
            Self::Catalogue => &["js/catalogue.js"],
            Self::Copy => &["js/copy.js"],
        }
    }
}

/// A finished file of the theme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemeFile {
    /// Its address.
    pub url: SiteUrl,
    /// What made it, in words for an error.
    pub producer: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// The theme's finished files.
#[derive(Debug, Clone)]
pub struct Theme {
    sheets: [ThemeFile; Sheet::ALL.len()],
    scripts: [ThemeFile; Script::ALL.len()],
    icon: ThemeFile,
    grounds: Option<(String, String)>,
}

impl Default for Theme {
    fn default() -> Self {
        Self::new(&[])
    }
}

impl Theme {
    /// The theme with the site's own files: those of `static/` whose path below it is one of the theme's.
    #[must_use]
    pub fn new(statics: &[StaticFile]) -> Self {
        Self {
            sheets: Sheet::ALL.map(|sheet| {
                let what = format!("the theme's stylesheet `{}`", sheet.stem());
                finish(sheet.stem(), "css", &what, minify::css(&assemble_style(sheet, statics)).into_bytes())
            }),
            scripts: Script::ALL.map(|script| {
                let what = format!("the theme's script `{}`", script.stem());
                finish(script.stem(), "js", &what, assemble_script(script, statics).into_bytes())
            }),
            icon: finish(
                "icon",
                "svg",
                "the theme's icon",
                bytes_of(ICON.0, statics).unwrap_or(ICON.1.as_bytes()).to_vec(),
            ),
            grounds: grounds(&assemble_style(Sheet::Plain, statics)),
        }
    }

    /// Whether the theme takes this file of `static/` into itself, so that it is not copied as it is.
    #[must_use]
    pub fn takes(path: &str) -> bool {
        path.strip_prefix("theme/").is_some_and(|path| {
            path == CUSTOM_STYLE || path == ICON.0 || STYLES.iter().chain(MODULES).any(|(own, _)| *own == path)
        })
    }

    /// Address of a stylesheet.
    #[must_use]
    pub fn stylesheet(&self, sheet: Sheet) -> &SiteUrl {
        &self.sheets[sheet as usize].url
    }

    /// Address of a script.
    #[must_use]
    pub fn script(&self, script: Script) -> &SiteUrl {
        &self.scripts[script as usize].url
    }

    /// Address of the icon.
    #[must_use]
    pub fn icon(&self) -> &SiteUrl {
        &self.icon.url
    }

    /// The colour of the ground in light and in dark, for the frame that a browser draws around the page.
    #[must_use]
    pub fn grounds(&self) -> Option<(&str, &str)> {
        self.grounds.as_ref().map(|(light, dark)| (light.as_str(), dark.as_str()))
    }

    /// Every file.
    pub fn files(&self) -> impl Iterator<Item = &ThemeFile> {
        self.sheets.iter().chain(&self.scripts).chain(std::iter::once(&self.icon))
    }
}

impl ThemeFile {
    /// Where it stands in the site.
    #[must_use]
    pub fn path(&self) -> SitePath {
        self.url.file().expect("a stem of this module, hexadecimal digits and an extension make a path")
    }
}

fn finish(stem: &str, extension: &str, producer: &str, bytes: Vec<u8>) -> ThemeFile {
    let fingerprint = format!("{:016x}", xxh3_64(&bytes));
    ThemeFile { url: urls::theme_file(stem, &fingerprint[..10], extension), producer: producer.to_owned(), bytes }
}

fn bytes_of<'a>(path: &str, statics: &'a [StaticFile]) -> Option<&'a [u8]> {
    statics.iter().find(|file| file.path.strip_prefix("theme/") == Some(path)).map(|file| &*file.bytes)
}

/// The site's own text at this path, else the theme's. A byte that is not UTF-8 becomes U+FFFD.
fn text_of<'a>((path, own): (&str, &'a str), statics: &'a [StaticFile]) -> std::borrow::Cow<'a, str> {
    bytes_of(path, statics).map_or(own.into(), String::from_utf8_lossy)
}

fn layer(path: &str) -> &str {
    path.trim_start_matches("css/").trim_end_matches(".css")
}

fn assemble_style(sheet: Sheet, statics: &[StaticFile]) -> String {
    let mut style = String::new();
    // Each layer comes after those before it: the order of the table is the order of the cascade.
    for file in STYLES.iter().filter(|(path, _)| sheet.has(path)) {
        style.push_str(&format!("@layer {} {{\n{}\n}}\n", layer(file.0), text_of(*file, statics)));
    }
    style.push_str(&text_of((CUSTOM_STYLE, ""), statics));
    style
}

/// The modules one after another, each in a block of its own, so that no name of one is seen by another.
fn assemble_script(script: Script, statics: &[StaticFile]) -> String {
    let mut text = String::from("\"use strict\";\n");
    for path in script.modules() {
        let module = MODULES.iter().find(|(own, _)| own == path).expect("a script names modules of the table");
        text.push_str(&format!("{{\n{}\n}}\n", text_of(*module, statics)));
    }
    text
}

/// The two colours of `--bg: light-dark(light, dark)`, the last one that is written so.
fn grounds(style: &str) -> Option<(String, String)> {
    let (_, rest) = style.rsplit_once("--bg: light-dark(")?;
    let (light, dark) = rest.split_once(')')?.0.split_once(',')?;
    Some((light.trim().to_owned(), dark.trim().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(path: &str, text: &str) -> StaticFile {
        StaticFile { path: path.to_owned(), bytes: text.as_bytes().into() }
    }

    fn style(theme: &Theme) -> String {
        String::from_utf8(theme.sheets[Sheet::Card as usize].bytes.clone()).unwrap()
    }

    #[test]
    fn the_same_bytes_have_the_same_address_and_others_another() {
        let plain = Theme::new(&[]);
        assert_eq!(plain.stylesheet(Sheet::Card), Theme::new(&[]).stylesheet(Sheet::Card));
        let custom = Theme::new(&[own("theme/css/custom.css", "a{color:red}")]);
        for sheet in Sheet::ALL {
            assert_ne!(plain.stylesheet(sheet), custom.stylesheet(sheet));
        }
        assert_eq!(plain.script(Script::Card), custom.script(Script::Card));
        let card = plain.stylesheet(Sheet::Card).as_str();
        assert!(card.starts_with("assets/style-card-"), "{card}");
    }

    #[test]
    fn a_site_replaces_a_file_and_its_custom_style_comes_last() {
        let theme = Theme::new(&[
            own("theme/css/tokens.css", ":root { --bg: light-dark(#fffff0, #101010) }"),
            own("theme/css/custom.css", "h1 { color: teal }"),
            own("theme/icon.svg", "<svg/>"),
            own("theme/js/copy.js", "copied();"),
            own("css/base.css", "not the theme's"),
        ]);
        let style = style(&theme);
        assert!(style.trim_end().ends_with("h1{color:teal}"), "{style}");
        assert!(style.contains("#fffff0") && !style.contains("--hot:") && !style.contains("not the theme's"));
        assert_eq!(theme.grounds(), Some(("#fffff0", "#101010")));
        assert_eq!(theme.icon.bytes, b"<svg/>");
        assert!(String::from_utf8_lossy(&theme.scripts[Script::Card as usize].bytes).contains("copied();"));
    }

    #[test]
    fn takes_exactly_the_files_that_it_is_made_of() {
        for path in ["theme/css/tokens.css", "theme/css/custom.css", "theme/js/tabs.js", "theme/icon.svg"] {
            assert!(Theme::takes(path), "{path}");
        }
        for path in ["css/tokens.css", "theme/css/other.css", "theme/fonts/inter.woff2", "favicon.ico"] {
            assert!(!Theme::takes(path), "{path}");
        }
    }

    #[test]
    fn every_file_has_a_path_of_its_own_and_scripts_are_small() {
        let theme = Theme::default();
        let paths: std::collections::BTreeSet<_> = theme.files().map(ThemeFile::path).collect();
        assert_eq!(paths.len(), 10);
        for script in Script::ALL {
            assert!(theme.script(script).as_str().contains(script.stem()));
        }
    }
}
