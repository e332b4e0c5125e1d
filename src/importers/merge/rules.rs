//! What a person has written as a whole stays whole: an import adds nothing to half of it.

use std::collections::BTreeSet;

use crate::importers::content::Content;
use crate::importers::document::Document;
use crate::importers::lock::{LockedFile, Mark};
use crate::importers::plan::Plan;
use crate::importers::slot::{OfferKey, Slot};

/// Models whose own files have a list price, and the services that have it therefore.
pub(super) struct Lists {
    priced: BTreeSet<String>,
    services: BTreeSet<(String, String)>,
}

impl Lists {
    /// Looks through the content and the plan.
    pub(super) fn of(content: &Content, plan: &Plan) -> Self {
        let priced = content
            .models
            .iter()
            .filter(|(_, path)| content.documents.get(*path).is_some_and(|document| document.has("price")));
        let priced = priced.map(|(id, _)| id.clone()).collect();
        let mut services: BTreeSet<(String, String)> = content
            .services
            .iter()
            .map(|(developer, provider)| (format!("content/providers/{provider}.toml"), developer.clone()))
            .collect();
        for (path, wanted) in &plan.files {
            let developer = wanted.cells.iter().find(|cell| cell.slot == Slot::key("developer"));
            services.extend(developer.map(|cell| (path.clone(), cell.value.trim_matches('"').to_owned())));
        }
        Self { priced, services }
    }

    /// Whether the list price of an offer's model stands in the model's own file already.
    fn has_list_price(&self, path: &str, offer: &OfferKey) -> bool {
        let developer = offer.model.split('/').next().unwrap_or_default();
        self.priced.contains(&offer.model) && self.services.contains(&(path.to_owned(), developer.to_owned()))
    }
}

/// What a person had written before this import, as far as it stands against adding to it.
pub(super) struct ByHand {
    /// Tables that are there.
    tables: BTreeSet<&'static str>,
    scored: BTreeSet<String>,
    /// Offers, one without an ID of its own with an empty one.
    offers: BTreeSet<OfferKey>,
}

const TABLES: [&str; 4] = ["capabilities", "modalities", "reasoning", "price"];

impl ByHand {
    /// Looks at a file, and at what the import wrote into it.
    pub(super) fn of(document: &Document, locked: Option<&LockedFile>) -> Self {
        let written = |slot: &Slot| {
            locked.is_some_and(|locked| locked.places.get(slot).is_some_and(|known| known.mark == Mark::Written))
        };
        let wrote_into = |table: &str| {
            locked.is_some_and(|locked| {
                locked.places.iter().any(|(slot, known)| {
                    known.mark == Mark::Written
                        && match slot {
                            Slot::Key(path) => path.len() > 1 && path[0] == table,
                            Slot::Price(None, _) => table == "price",
                            _ => false,
                        }
                })
            })
        };
        let tables = TABLES.into_iter().filter(|table| document.has(table) && !wrote_into(table)).collect();
        let rows: BTreeSet<&String> = locked
            .into_iter()
            .flat_map(|locked| &locked.places)
            .filter(|(_, known)| known.mark == Mark::Written)
            .filter_map(|(slot, _)| match slot {
                Slot::Row("score", identity) => identity.first(),
                _ => None,
            })
            .collect();
        let scored = document.scored().into_iter().filter(|benchmark| !rows.contains(benchmark)).collect();
        let offers = document.offers().into_iter().filter(|key| !written(&Slot::Offer(key.clone(), "id".to_owned())));
        Self { tables, scored, offers: offers.collect() }
    }

    /// Whether a person's word stands at this place or around it.
    pub(super) fn covers(&self, path: &str, slot: &Slot, lists: &Lists) -> bool {
        let has_offer = |offer: &OfferKey| {
            self.offers.contains(offer)
                || self.offers.contains(&OfferKey { model: offer.model.clone(), id: String::new() })
        };
        match slot {
            Slot::Key(keys) => keys.len() > 1 && self.tables.contains(keys[0].as_str()),
            Slot::Price(None, _) => self.tables.contains("price"),
            Slot::Row("score", identity) => self.scored.contains(&identity[0]),
            Slot::Row(..) => false,
            Slot::Offer(offer, _) => has_offer(offer),
            Slot::Price(Some(offer), _) => has_offer(offer) || lists.has_list_price(path, offer),
        }
    }
}
