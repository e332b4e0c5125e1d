//! `content/site.toml`: the settings of the site.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::schema::{each_of, one_of};
use super::words;
use super::{Located, Number, SourceDef};

/// The settings of the site.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SiteFile {
    /// Name of the site.
    pub title: Located<String>,
    /// Half a sentence after the title.
    pub tagline: Option<Located<String>>,
    /// One paragraph at the head of the catalogue.
    pub description: Option<Located<String>>,
    /// Where the site is published, with its path: `https://example.org/models/`. Without it, absolute URLs are left out.
    pub base_url: Option<Located<String>>,
    /// Language of the site's texts: a BCP 47 tag; `en` when absent.
    pub language: Option<Located<String>>,
    /// Who runs the site.
    pub operator: Option<Operator>,
    /// Where readers report a wrong number: an http, https or mailto address. `{id}` stands for the ID of
    /// the model, or of the benchmark, whose page it is.
    pub report_url: Option<Located<String>>,
    /// The API for which the cards print snippets.
    pub api: Option<Gateway>,
    /// Links in the head of every page, after the catalogue.
    #[serde(default)]
    pub navigation: Vec<NavigationItem>,
    /// IDs of the models that the catalogue shows first.
    #[serde(default)]
    pub featured: Vec<Located<String>>,
    /// Ids of the benchmarks that stand as headline indices on every card; the first orders the catalogue.
    #[serde(default)]
    pub headline: Vec<Located<String>>,
    /// Categories of benchmarks in the order of the cards. Where given, a benchmark must be in one of them.
    #[serde(default)]
    pub categories: Vec<Located<String>>,
    /// Typical workloads whose cost cards and the pages of prices work out. Where absent, five common ones are used.
    #[serde(default)]
    pub workload: Vec<Workload>,
    /// Comparisons that have a page of their own, beside those of each deprecated or retired model with its successor.
    #[serde(default)]
    pub compare: Vec<Compare>,
    /// Hosts that it is published on, to be told when it goes beyond what they take: cloudflare-pages, github-pages,
    /// gitlab-pages, netlify. All of them when absent; none in an empty list.
    #[schemars(transform = each_of(words::HOSTS))]
    pub hosts: Option<Vec<Located<String>>>,
    /// So many days after a price, a limit or a score was last checked it is marked as old, and `check` lists it: from 1 to
    /// 36500. Where absent, nothing is.
    pub recheck_after_days: Option<Located<Number>>,
    /// Old addresses of other pages: old path = path of the page, both from the site's root, as in `"/old/" = "/about/"`.
    #[serde(default)]
    pub redirects: BTreeMap<Located<String>, Located<String>>,
    /// Sources that every file may refer to.
    #[serde(default)]
    pub sources: BTreeMap<Located<String>, SourceDef>,
}

/// Who runs the site.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Operator {
    /// Name.
    pub name: Located<String>,
    /// Home page.
    pub url: Option<Located<String>>,
}

/// The API for which the cards print snippets.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Gateway {
    /// Base URL without the endpoint's path: `https://api.example.com`.
    pub base_url: Located<String>,
    /// Environment variable that holds the key: `API_KEY` when absent.
    pub key_variable: Option<Located<String>>,
}

/// A link in the head of every page.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NavigationItem {
    /// Word of the link.
    pub label: Located<String>,
    /// A page of the site as a path from its root, `about/`, or an http or https address.
    pub url: Located<String>,
}

/// A typical request, or a run of them, whose cost cards and the pages of prices work out.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Workload {
    /// Name. Its page is called after it.
    pub name: Located<String>,
    /// What happens in it.
    pub note: Option<Located<String>>,
    /// Input tokens that are not in the cache.
    pub input: Located<Number>,
    /// Input tokens that are read from the cache.
    pub cache_read: Option<Located<Number>>,
    /// Output tokens, reasoning included.
    pub output: Located<Number>,
    /// Number of requests that these tokens are spread over; the price tier goes by one request's size. 1 when absent.
    pub requests: Option<Located<Number>>,
    /// Service tier in which it is run: standard (when absent), batch, flex, priority. Where an offer has no price of that
    /// tier, its standard price is taken, and the pages say so.
    #[schemars(transform = one_of(words::SERVICE_TIERS))]
    pub service_tier: Option<Located<String>>,
}

/// Models that people compare, on a page of their own.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Compare {
    /// IDs of two to four models, in the order of the page: each is compared with the first.
    #[schemars(length(min = 2, max = 4))]
    pub models: Located<Vec<Located<String>>>,
}
