//! The settings of the site, and who makes and who serves models.

use super::{
    BenchmarkId, Curated, DeveloperId, Host, ModelId, Prose, Provenance, ProviderId, Recheck, ServiceTier, Slug, WebUrl,
};
use crate::files::{FileId, Origin};

/// The settings of the site.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Name of the site.
    pub title: String,
    /// Half a sentence after the title.
    pub tagline: Option<String>,
    /// One paragraph at the head of the catalogue.
    pub description: Option<String>,
    /// Where the site is published; ends in a slash.
    pub base_url: Option<WebUrl>,
    /// Language of the texts: a BCP 47 tag.
    pub language: String,
    /// Who runs the site.
    pub operator: Option<Operator>,
    /// Where readers report a wrong number; `{id}` stands for the ID of the model or benchmark.
    pub report_url: Option<String>,
    /// The API of the snippets.
    pub api: Option<Gateway>,
    /// Links in the head of every page.
    pub navigation: Vec<NavigationItem>,
    /// Models that the catalogue shows first.
    pub featured: Vec<ModelId>,
    /// Headline indices; the first orders the catalogue.
    pub headline: Vec<BenchmarkId>,
    /// Categories of benchmarks in the order of the cards: those of the settings, then all others by name.
    pub categories: Vec<String>,
    /// Hosts that it is published on; `None` when the settings do not say.
    pub hosts: Option<Vec<Host>>,
    /// Typical workloads.
    pub workloads: Vec<Workload>,
    /// Comparisons that have a page of their own.
    pub compare: Curated,
    /// From when on figures are to be checked again; `None` when never.
    pub recheck: Option<Recheck>,
}

/// Who runs the site.
#[derive(Debug, Clone)]
pub struct Operator {
    /// Name.
    pub name: String,
    /// Home page.
    pub url: Option<WebUrl>,
}

/// The API of the snippets.
#[derive(Debug, Clone)]
pub struct Gateway {
    /// Base URL without the endpoint's path and without a slash at its end.
    pub base_url: WebUrl,
    /// Environment variable that holds the key.
    pub key_variable: String,
}

/// A link in the head of every page.
#[derive(Debug, Clone)]
pub struct NavigationItem {
    /// Word of the link.
    pub label: String,
    /// Where it leads.
    pub target: NavigationTarget,
    /// Where it was written.
    pub origin: Origin,
}

/// Where a link of the navigation leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NavigationTarget {
    /// A page of the site, as a path from its root without a slash in front.
    Page(String),
    /// Elsewhere.
    Web(WebUrl),
}

/// A typical request or run of requests.
#[derive(Debug, Clone)]
pub struct Workload {
    /// Name.
    pub name: String,
    /// Path segment of its page below that of the prices.
    pub slug: Slug,
    /// What happens in it.
    pub note: Option<String>,
    /// Input tokens that are not in the cache.
    pub input: u64,
    /// Input tokens read from the cache.
    pub cache_read: u64,
    /// Output tokens, reasoning included.
    pub output: u64,
    /// Requests that these tokens are spread over; at least one.
    pub requests: u64,
    /// The service class that it is run in; `None` is standard.
    pub service_tier: Option<ServiceTier>,
}

impl Workload {
    /// Tokens of one prompt. `None` when there are more than can be counted.
    #[must_use]
    pub fn prompt(&self) -> Option<u64> {
        Some(self.input.checked_add(self.cache_read)?.div_ceil(self.requests.max(1)))
    }

    /// Tokens of one answer.
    #[must_use]
    pub fn answer(&self) -> u64 {
        self.output.div_ceil(self.requests.max(1))
    }

    /// Tokens of one request with its answer. `None` when there are more than can be counted.
    #[must_use]
    pub fn request(&self) -> Option<u64> {
        let all = self.input.checked_add(self.cache_read)?.checked_add(self.output)?;
        Some(all.div_ceil(self.requests.max(1)))
    }
}

/// Who makes models.
#[derive(Debug, Clone)]
pub struct Developer {
    /// Its id.
    pub id: DeveloperId,
    /// Name.
    pub name: String,
    /// Home page.
    pub url: Option<WebUrl>,
    /// Where it is seated.
    pub country: Option<String>,
    /// One paragraph about it.
    pub description: Option<String>,
    /// Documentation of its models.
    pub docs: Option<WebUrl>,
    /// Its own service.
    pub provider: Option<ProviderId>,
    /// Where it was written.
    pub origin: Origin,
}

/// Who serves models.
#[derive(Debug, Clone)]
pub struct Provider {
    /// Its id.
    pub id: ProviderId,
    /// Name.
    pub name: String,
    /// Home page.
    pub url: Option<WebUrl>,
    /// The developer whose own service this is.
    pub developer: Option<DeveloperId>,
    /// Base URL of the API.
    pub base_url: Option<WebUrl>,
    /// Documentation of the API.
    pub docs: Option<WebUrl>,
    /// One paragraph about it.
    pub description: Option<String>,
    /// What happens to prompts and answers.
    pub data_policy: DataPolicy,
    /// Source and date of what is said here.
    pub provenance: Provenance,
    /// Where it was written.
    pub origin: Origin,
}

/// What a provider does with prompts and answers.
#[derive(Debug, Clone, Default)]
pub struct DataPolicy {
    /// How long they are kept.
    pub retention: Option<String>,
    /// Whether models are trained on them.
    pub trains_on_data: Option<bool>,
    /// Where they are processed.
    pub regions: Option<String>,
    /// Page on which the provider says so.
    pub url: Option<WebUrl>,
}

/// A free page.
#[derive(Debug, Clone)]
pub struct FreePage {
    /// Path from the site's root without slashes at its ends: `about`, `legal/terms`.
    pub path: String,
    /// Its text. There is this or the questions, or both.
    pub text: Option<Prose>,
    /// Its questions and answers.
    pub faq: Option<Prose>,
}

impl FreePage {
    /// The file that it comes from: that of its text, if it has one.
    #[must_use]
    pub fn file(&self) -> Option<FileId> {
        self.proses().next().map(|prose| prose.file)
    }

    /// Its text and its questions.
    pub fn proses(&self) -> impl Iterator<Item = &Prose> {
        self.text.iter().chain(&self.faq)
    }
}
