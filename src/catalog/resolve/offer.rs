//! Offers: one provider serving one model.

use std::collections::BTreeMap;

use super::known::Known;
use super::price::duplicate;
use super::scope::{Scope, TOKENS, text};
use crate::catalog::{DeveloperId, Model, ModelId, Offer, PriceList, Provider, ProviderId, Tokens};
use crate::diagnostic::Diagnostic;
use crate::files::Origin;
use crate::source::{Parsed, ProviderFile};

/// Which provider is the own service of which developer.
#[derive(Default)]
pub(super) struct Services {
    first: BTreeMap<DeveloperId, (ProviderId, Origin)>,
}

impl Services {
    /// Reports a second own service of one developer: the list prices could be either's.
    pub(super) fn settle(&mut self, provider: &mut Provider, parsed: &Parsed<ProviderFile>, scope: &mut Scope<'_>) {
        let (Some(developer), Some(key)) = (&provider.developer, &parsed.value.developer) else { return };
        let origin = scope.origin(key.span);
        if let Some((first, place)) = self.first.get(developer) {
            let message = format!("providers `{first}` and `{}` are both `{developer}`’s own service", provider.id);
            let help = "the list prices of its models are one provider's: leave `developer` out of the other file";
            scope.found.push(duplicate(message, *place, origin).help(help));
            provider.developer = None;
        } else {
            self.first.insert(developer.clone(), (provider.id.clone(), origin));
        }
    }
}

impl Scope<'_> {
    /// The offers of a provider, each with its model: of all models, or of one.
    pub(super) fn offers(
        &mut self,
        provider: &ProviderId,
        file: &ProviderFile,
        of: Option<&ModelId>,
        known: &Known<'_>,
    ) -> Vec<(ModelId, Offer)> {
        let defaults = self.defaults.clone();
        let mut offers = Vec::new();
        for offer in file.offer.iter().filter(|offer| of.is_none_or(|id| id.as_str() == offer.model.value)) {
            let model = self.model(&offer.model, known);
            let provenance =
                self.provenance(offer.source.as_ref(), offer.as_of.as_ref(), offer.note.as_ref(), &defaults);
            self.defaults = provenance.clone();
            let prices =
                offer.price.as_ref().map_or_else(PriceList::default, |table| self.prices(table, &provenance).0);
            let offer = Offer {
                provider: Some(provider.clone()),
                own: false,
                id_there: text(offer.id.as_ref()),
                region: text(offer.region.as_ref()),
                context_window: self.count_fact("context_window", offer.context_window.as_ref(), TOKENS, Tokens),
                max_output: self.count_fact("max_output", offer.max_output.as_ref(), TOKENS, Tokens),
                quantization: text(offer.quantization.as_ref()),
                prices,
                provenance,
                origin: self.origin(offer.model.span),
            };
            offers.extend(model.map(|model| (model, offer)));
        }
        self.defaults = defaults;
        offers
    }
}

/// Adds a provider's offer to its model. The developer's own service shares the offer of the model's file.
pub(super) fn add(model: &mut Model, provider: &Provider, mut offer: Offer, found: &mut Vec<Diagnostic>) {
    let twin = model.offers.iter().find(|held| {
        (held.provider.as_ref(), &held.region, &held.id_there)
            == (offer.provider.as_ref(), &offer.region, &offer.id_there)
    });
    if let Some(twin) = twin {
        let message = format!("provider `{}`: its offer of model `{}` is given twice", provider.id, model.id);
        found.push(
            duplicate(message, twin.origin, offer.origin).help("keep one, or tell them apart by `region` or `id`"),
        );
        return;
    }
    // One offer has the list prices: that of the model's file, whose provider is not known yet, or the first one.
    let own = provider.developer.as_ref() == Some(&model.developer) && offer.region.is_none();
    offer.own = own && !model.offers.iter().any(|held| held.own && held.provider.is_some());
    let held = model.offers.iter_mut().find(|held| offer.own && held.own);
    let Some(held) = held else {
        model.offers.push(offer);
        return;
    };
    if let (Some(first), Some(second)) = (held.prices.prices.first(), offer.prices.prices.first()) {
        let message = format!(
            "model `{}`: its list price is given in its own file and in that of provider `{}`",
            model.id, provider.id
        );
        found.push(duplicate(message, first.origin, second.origin).help("keep one of the two"));
        return;
    }
    if held.prices.is_empty() {
        held.prices = offer.prices;
        held.provenance = offer.provenance;
    }
    held.provider = offer.provider;
    held.id_there = offer.id_there;
    held.quantization = offer.quantization;
    held.context_window = offer.context_window;
    held.max_output = offer.max_output;
    held.origin = offer.origin;
}
