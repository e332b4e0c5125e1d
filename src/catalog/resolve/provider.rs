//! Who makes and who serves models, as written, to what they are.

use super::known::Known;
use super::scope::{Scope, text};
use crate::catalog::{DataPolicy, Developer, DeveloperId, Provenance, Provider, ProviderId};
use crate::source::{DeveloperFile, ProviderFile};

impl Scope<'_> {
    /// A developer.
    pub(super) fn developer_file(&mut self, id: &str, file: &DeveloperFile) -> Developer {
        Developer {
            id: DeveloperId::new(id),
            name: file.name.value.clone(),
            url: self.url("url", file.url.as_ref()),
            country: text(file.country.as_ref()),
            description: text(file.description.as_ref()),
            docs: self.url("docs", file.docs.as_ref()),
            provider: None,
            origin: self.origin(file.name.span),
        }
    }

    /// A provider, without its offers.
    pub(super) fn provider_file(&mut self, id: &str, file: &ProviderFile, known: &Known<'_>) -> Provider {
        let developer = file.developer.as_ref().and_then(|id| self.developer(id, known));
        self.defaults = self.provenance(file.source.as_ref(), file.as_of.as_ref(), None, &Provenance::default());
        let data_policy = file.data_policy.as_ref().map_or_else(DataPolicy::default, |policy| DataPolicy {
            retention: text(policy.retention.as_ref()),
            trains_on_data: policy.trains_on_data.as_ref().map(|trains| trains.value),
            regions: text(policy.regions.as_ref()),
            url: self.url("url", policy.url.as_ref()),
        });
        Provider {
            id: ProviderId::new(id),
            name: file.name.value.clone(),
            url: self.url("url", file.url.as_ref()),
            developer,
            base_url: self.url("base_url", file.base_url.as_ref()),
            docs: self.url("docs", file.docs.as_ref()),
            description: text(file.description.as_ref()),
            data_policy,
            provenance: self.defaults.clone(),
            origin: self.origin(file.name.span),
        }
    }
}
