//! The links from the catalogue to its views, and from view to view.

use super::words;
use crate::catalog::View;
use crate::pages::Context;
use crate::urls::{self, LinkBase};

/// So many families of its developer a family is beside.
const MOST_FAMILIES: usize = 100;

/// Views of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::pages) struct Group {
    pub name: &'static str,
    /// Whether there can be many.
    pub wide: bool,
    pub links: Vec<Link>,
}

/// A link to a view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::pages) struct Link {
    pub label: String,
    pub href: String,
    /// Whether it is the page on which it stands.
    pub current: bool,
}

/// The kinds of views in their order.
fn group(view: &View) -> &'static str {
    match view {
        View::Newest | View::Cheapest | View::LargestContext | View::Index(_) => ORDERS,
        View::Capability(_) => "Can",
        View::Takes(_) => "Takes",
        View::Gives(_) => "Makes",
        View::LongContext | View::OpenWeights | View::Free => "Terms",
        View::Family(..) => FAMILIES,
    }
}

const ORDERS: &str = "Orders";
const FAMILIES: &str = "Families";

/// The links to all views, on the page of one of them or of the catalogue. Families are those of one developer on the page
/// of a family, and the largest on the catalogue; developers link to all of theirs.
pub(in crate::pages) fn groups(cx: &Context<'_>, base: &LinkBase, here: Option<&View>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut add = |name, link| match groups.iter_mut().find(|group| group.name == name) {
        Some(group) => group.links.push(link),
        None => groups.push(Group { name, wide: name == FAMILIES, links: vec![link] }),
    };
    if !cx.catalog.models.is_empty() {
        let label = match cx.catalog.settings.headline.first().and_then(|id| cx.catalog.benchmarks.get(id)) {
            Some(index) => format!("Best by {}", crate::pages::headline::short_name(cx.catalog, index)),
            None => "All models".to_owned(),
        };
        add(ORDERS, Link { label, href: base.href(&urls::home()), current: here.is_none() });
    }
    let overview = cx.listings.overview(cx.catalog, cx.rankings, cx.today);
    let families: Vec<&View> = match here {
        None => overview.largest_families.iter().collect(),
        Some(View::Family(developer, _)) => overview.families_of(developer).take(MOST_FAMILIES).collect(),
        Some(_) => Vec::new(),
    };
    let link_to = |view: &View| {
        let url = urls::view(view)?;
        Some(Link { label: words::label(cx, view), href: base.href(&url), current: here == Some(view) })
    };
    overview.plain_views().for_each(|view| link_to(view).into_iter().for_each(|link| add(group(view), link)));
    if here.is_none() {
        let others = [("All developers", urls::developers()), ("How figures are worked out", urls::methodology())];
        for (label, url) in others {
            add("More", Link { label: label.to_owned(), href: base.href(&url), current: false });
        }
    }
    families.into_iter().for_each(|view| link_to(view).into_iter().for_each(|link| add(group(view), link)));
    groups
}
