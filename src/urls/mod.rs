//! Every URL of the site is made here, from ids, and nowhere else.
//!
//! Links are relative, so that one build works at `/`, below a path, and from a file. The one page that is served
//! at any depth, `404.html`, links from the root of the host instead.

mod link;

pub use link::LinkBase;

use xxhash_rust::xxh3::xxh3_64;

use self::link::{encode, encode_but};
use crate::catalog::{
    BenchmarkId, Catalog, DeveloperId, FreePage, Measure, Model, ModelId, Moved, MovedTo, PriceOrder, ProviderId, Slug,
    View, Workload,
};
use crate::site::SitePath;

/// Address of a page or file within the site: relative to its root, without a slash in front.
///
/// That of a page ends in a slash, or is empty for the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SiteUrl(String);

/// The catalogue.
#[must_use]
pub fn home() -> SiteUrl {
    SiteUrl(String::new())
}

/// A model's card.
#[must_use]
pub fn model(model: &Model) -> SiteUrl {
    SiteUrl(["models/", model.developer.as_str(), "/", model.slug.as_str(), "/"].concat())
}

/// All developers.
#[must_use]
pub fn developers() -> SiteUrl {
    SiteUrl("developers/".to_owned())
}

/// A developer.
#[must_use]
pub fn developer(id: &DeveloperId) -> SiteUrl {
    SiteUrl(format!("developers/{id}/"))
}

/// All providers.
#[must_use]
pub fn providers() -> SiteUrl {
    SiteUrl("providers/".to_owned())
}

/// A provider.
#[must_use]
pub fn provider(id: &ProviderId) -> SiteUrl {
    SiteUrl(format!("providers/{id}/"))
}

/// All benchmarks.
#[must_use]
pub fn benchmarks() -> SiteUrl {
    SiteUrl("benchmarks/".to_owned())
}

/// A benchmark.
#[must_use]
pub fn benchmark(id: &BenchmarkId) -> SiteUrl {
    SiteUrl(format!("benchmarks/{id}/"))
}

/// Score against price, and the list of all charts.
#[must_use]
pub fn charts() -> SiteUrl {
    SiteUrl("charts/".to_owned())
}

/// A benchmark against price.
#[must_use]
pub fn chart(id: &BenchmarkId) -> SiteUrl {
    SiteUrl(format!("charts/{id}/"))
}

/// Context windows against price. One folder deeper than the charts of benchmarks, whose names are their authors' choice.
#[must_use]
pub fn chart_of_contexts() -> SiteUrl {
    SiteUrl("charts/models/context/".to_owned())
}

/// Releases over time.
#[must_use]
pub fn chart_of_releases() -> SiteUrl {
    SiteUrl("charts/models/releases/".to_owned())
}

/// Prices over time.
#[must_use]
pub fn chart_of_prices() -> SiteUrl {
    SiteUrl("charts/models/prices/".to_owned())
}

/// What changed.
#[must_use]
pub fn changes() -> SiteUrl {
    SiteUrl("changes/".to_owned())
}

/// What changed in a year.
#[must_use]
pub fn changes_of(year: i16) -> SiteUrl {
    SiteUrl(format!("changes/{year:04}/"))
}

/// All prices.
#[must_use]
pub fn pricing() -> SiteUrl {
    SiteUrl("pricing/".to_owned())
}

/// The prices in another order. That of the blended price is all prices.
#[must_use]
pub fn pricing_by(order: PriceOrder) -> SiteUrl {
    match order {
        PriceOrder::Blended => pricing(),
        order => SiteUrl(format!("pricing/by-{}/", order.name())),
    }
}

/// What a workload costs.
#[must_use]
pub fn workload(workload: &Workload) -> SiteUrl {
    SiteUrl(format!("pricing/{}/", workload.slug))
}

/// How everything is worked out, and on what it rests.
#[must_use]
pub fn methodology() -> SiteUrl {
    SiteUrl("methodology/".to_owned())
}

/// A page of a list that is longer than one page. Pages are counted from one; the first is that of the list itself.
#[must_use]
pub fn page_of(list: &SiteUrl, page: usize) -> SiteUrl {
    // The catalogue stands at the root, where `2/` would be the address of a free page.
    let folder = if list.0.is_empty() { CATALOGUE } else { &list.0 };
    if page <= 1 { list.clone() } else { SiteUrl(format!("{folder}{page}/")) }
}

/// What belongs to the catalogue, which stands at the root, has a folder of its own.
const CATALOGUE: &str = "catalogue/";

/// A part or an order of the catalogue. `None` for a family whose name makes no path. Two families of a developer can have
/// one address, which the site refuses.
#[must_use]
pub fn view(view: &View) -> Option<SiteUrl> {
    let name = match view {
        View::Newest => "newest".to_owned(),
        View::Cheapest => "cheapest".to_owned(),
        View::LargestContext => "largest-context".to_owned(),
        View::Index(id) => format!("best-{id}"),
        View::Capability(name) => name.replace(' ', "-"),
        View::Takes(modality) => format!("{modality}-input"),
        View::Gives(modality) => format!("{modality}-output"),
        View::LongContext => "context-1m".to_owned(),
        View::OpenWeights => "open-weights".to_owned(),
        View::Free => "free".to_owned(),
        View::Family(developer, name) => {
            let is_portable = |slug: &Slug| slug.as_str().len() <= LONGEST_SLUG && SitePath::new(slug.as_str()).is_ok();
            let slug = Slug::from_name(name).filter(is_portable)?;
            return Some(SiteUrl(format!("families/{developer}/{slug}/")));
        }
    };
    Some(SiteUrl(format!("{CATALOGUE}{name}/")))
}

/// A name that makes a longer path segment than this has no page.
const LONGEST_SLUG: usize = 100;

/// The name of a model's row on the page of a benchmark: unlike its slug it is that of no other model.
#[must_use]
pub fn benchmark_row(model: &Model) -> String {
    [model.developer.as_str(), "/", model.slug.as_str()].concat()
}

/// The row of a model, to follow the address of the page of a benchmark that has it.
#[must_use]
pub fn benchmark_row_fragment(model: &Model) -> String {
    format!("#{}", encode(&benchmark_row(model)))
}

/// All comparisons.
#[must_use]
pub fn comparisons() -> SiteUrl {
    SiteUrl("compare/".to_owned())
}

/// Models side by side, in this order: `compare/o3-mini-vs-gpt-5.4-mini/`.
///
/// No other models have the address. A slug that models of several developers have stands behind the developer's id and two
/// hyphens, which no slug has, and a part `vs` of a name is followed by another hyphen, so that it is not taken for the word
/// between two names.
#[must_use]
pub fn comparison(catalog: &Catalog, models: &[ModelId]) -> SiteUrl {
    let models = models.iter().filter_map(|id| catalog.models.get(id));
    let names: Vec<String> = models
        .map(|model| {
            let slug = beside_vs(model.slug.as_str());
            if catalog.is_slug_shared(&model.slug) {
                format!("{}--{slug}", beside_vs(model.developer.as_str()))
            } else {
                slug
            }
        })
        .collect();
    SiteUrl(format!("compare/{}/", bounded(names.join("-vs-"))))
}

fn beside_vs(name: &str) -> String {
    let parts: Vec<&str> = name.split('-').map(|part| if part == "vs" { "vs-" } else { part }).collect();
    parts.join("-")
}

/// The longest part of an address that every file system takes.
const LONGEST_PART: usize = 200;

/// The same, cut where it is too long, with a fingerprint of all of it behind.
fn bounded(part: String) -> String {
    if part.len() <= LONGEST_PART {
        return part;
    }
    let end = (0..=LONGEST_PART - 20).rev().find(|end| part.is_char_boundary(*end)).unwrap_or_default();
    format!("{}~{:016x}", &part[..end], xxh3_64(part.as_bytes()))
}

/// A free page.
#[must_use]
pub fn free_page(page: &FreePage) -> SiteUrl {
    SiteUrl(format!("{}/", page.path))
}

/// The page for unknown addresses.
#[must_use]
pub fn not_found() -> SiteUrl {
    SiteUrl("404.html".to_owned())
}

/// An old address.
#[must_use]
pub fn moved(moved: &Moved) -> SiteUrl {
    SiteUrl(moved.from.clone())
}

/// Where an old address leads.
#[must_use]
pub fn moved_to(catalog: &Catalog, moved: &Moved) -> SiteUrl {
    match &moved.to {
        MovedTo::Model(id) => model(catalog.models.get(id).expect("resolve moves to models that exist only")),
        MovedTo::Page(path) => authored(path),
    }
}

/// The rulers: one file for all measures, with a name that never changes.
#[must_use]
pub fn rulers() -> SiteUrl {
    SiteUrl("assets/rulers.svg".to_owned())
}

/// The list of all pages for search engines.
#[must_use]
pub fn sitemap() -> SiteUrl {
    SiteUrl("sitemap.xml".to_owned())
}

/// A part of the list, where one file cannot hold it. Parts are counted from one.
#[must_use]
pub fn sitemap_part(part: usize) -> SiteUrl {
    SiteUrl(format!("sitemap-{part}.xml"))
}

/// What crawlers may read.
#[must_use]
pub fn robots() -> SiteUrl {
    SiteUrl("robots.txt".to_owned())
}

/// What some hosts read to know which headers to send.
#[must_use]
pub fn headers() -> SiteUrl {
    SiteUrl("_headers".to_owned())
}

/// What some hosts read to know which addresses lead elsewhere.
#[must_use]
pub fn redirects() -> SiteUrl {
    SiteUrl("_redirects".to_owned())
}

/// What tells GitHub Pages to publish the files as they are.
#[must_use]
pub fn nojekyll() -> SiteUrl {
    SiteUrl(".nojekyll".to_owned())
}

/// The part of the rulers that shows one measure, to follow the address of [`rulers`].
#[must_use]
pub fn ruler_fragment(measure: &Measure) -> String {
    format!("#{}", measure.name())
}

/// Where a reader reports a wrong number: the address of the settings, `{id}` being the ID of the model, or of the benchmark,
/// whose page it is.
#[must_use]
pub fn report(template: &str, id: &str) -> String {
    template.replace("{id}", &encode(id).replace('/', "%2F"))
}

/// A file of the theme, by its path below `static/theme/` and the fingerprint of its bytes.
#[must_use]
pub fn theme_file(stem: &str, fingerprint: &str, extension: &str) -> SiteUrl {
    SiteUrl(format!("assets/{stem}-{fingerprint}.{extension}"))
}

/// A path that a site's author wrote, such as `about/` in the navigation.
#[must_use]
pub fn authored(path: &str) -> SiteUrl {
    SiteUrl(path.trim_start_matches('/').to_owned())
}

impl SiteUrl {
    /// The address as text, relative to the site's root.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The file that is served at this address.
    ///
    /// # Errors
    ///
    /// When an id made a path that no file can have.
    pub fn file(&self) -> Result<SitePath, crate::site::InvalidPath> {
        if self.0.is_empty() || self.0.ends_with('/') {
            SitePath::new(format!("{}index.html", self.0))
        } else {
            SitePath::new(self.0.clone())
        }
    }

    /// The path by which a browser asks for it at the root of a host. What a path can hold stays as it is, since hosts
    /// compare what was asked for with their rules letter by letter.
    #[must_use]
    pub fn requested(&self) -> String {
        format!("/{}", encode_but(&self.0, b"-._~/!$&'()+,;=@"))
    }

    /// The folder at the root of the site that the page or file stands in.
    #[must_use]
    pub fn top_folder(&self) -> Self {
        Self(self.0.find('/').map_or("", |end| &self.0[..=end]).to_owned())
    }

    /// The whole address, below the one where the site is published, which ends in a slash.
    #[must_use]
    pub fn absolute(&self, base_url: &str) -> String {
        format!("{base_url}{}", encode(&self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_cannot_leave_its_place_in_the_address_for_reports() {
        let url = report("https://a.example/new?title={id}", "a/b&body=x#y\"z \u{3c4}");
        assert_eq!(url, "https://a.example/new?title=a%2Fb%26body%3Dx%23y%22z%20%CF%84");
    }

    #[test]
    fn comparisons_of_other_models_have_other_addresses() {
        let models =
            ["acme/a", "acme/b-vs-c", "acme/a-vs-b", "acme/c", "acme/a-vs", "acme/vs-c", "acme/vs", "acme/vs-vs"];
        let ids = models.into_iter().chain(["other/c", "other/vs", "vs/vs"]);
        let long = "x".repeat(150);
        let long = [format!("acme/{long}"), format!("acme/{long}y")];
        let ids: Vec<String> = ids.map(str::to_owned).chain(long).collect();
        let paths: Vec<String> = ids.iter().map(|id| format!("models/{id}.toml")).collect();
        let files = paths.iter().map(|path| (path.as_str(), "name = \"M\""));
        let others = [("developers/other.toml", "name = \"O\""), ("developers/vs.toml", "name = \"V\"")];
        let catalog = crate::catalog::resolve::example::catalog(&files.chain(others).collect::<Vec<_>>());
        let of = |sides: &[&str]| {
            let ids: Vec<ModelId> = sides.iter().map(|id| ModelId::new(*id)).collect();
            comparison(&catalog, &ids).as_str().to_owned()
        };
        assert_eq!(of(&["acme/a", "acme/a-vs"]), "compare/a-vs-a-vs-/");
        assert_eq!(of(&["acme/c", "acme/a"]), "compare/acme--c-vs-a/");
        let mut seen = std::collections::BTreeMap::new();
        let sides: Vec<&str> = ids.iter().map(String::as_str).collect();
        for a in &sides {
            for b in &sides {
                let triples = sides.iter().map(|c| vec![*a, *b, *c]);
                for set in triples.chain([vec![*a, *b]]) {
                    let url = of(&set);
                    assert!(url.len() < 230, "{url}");
                    assert_eq!(seen.insert(url.clone(), set.clone()), None, "{url}");
                }
            }
        }
    }

    #[test]
    fn links_are_relative_to_the_page_they_stand_on() {
        for (from, to, href) in [
            ("", "", "./"),
            ("", "models/a/b/", "models/a/b/"),
            ("models/a/b/", "", "../../../"),
            ("models/a/b/", "models/a/c/", "../c/"),
            ("models/a/b/", "models/a/b/", "./"),
            ("models/a/b/", "assets/x.css", "../../../assets/x.css"),
            ("about/", "models/a/\u{3c4}/", "../models/a/%CF%84/"),
        ] {
            assert_eq!(LinkBase::Page(SiteUrl(from.into())).href(&SiteUrl(to.into())), href, "{from} to {to}");
        }
        assert_eq!(SiteUrl("a b/c@1&2/".into()).requested(), "/a%20b/c@1&2/");
        assert_eq!(LinkBase::Root("/cards/".into()).href(&SiteUrl("about/".into())), "/cards/about/");
    }
}
