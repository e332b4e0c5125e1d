//! The account of an import as people and programs read it.

use std::collections::BTreeMap;

use serde_json::json;

use super::ledger::{Fate, Field, Ledger};

/// How many of something were taken, merged and left out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// All of them.
    pub all: usize,
    /// In the content.
    pub taken: usize,
    /// The content says it already.
    pub merged: usize,
    /// Not in the content.
    pub left_out: usize,
    /// Read and then not accounted for: a fault of the importer.
    pub lost: usize,
}

impl Counts {
    fn add(&mut self, fate: &Fate) {
        self.all += 1;
        match fate {
            Fate::Taken(_) => self.taken += 1,
            Fate::Merged { .. } => self.merged += 1,
            Fate::LeftOut(_) | Fate::Unread => self.left_out += 1,
            Fate::Read => self.lost += 1,
        }
    }

    fn text(self) -> String {
        let mut text =
            format!("{}: {} taken, {} merged, {} left out", self.all, self.taken, self.merged, self.left_out);
        if self.lost > 0 {
            text.push_str(&format!(", {} lost by a fault of the importer", self.lost));
        }
        text
    }
}

/// A reason for which fields or records are not in the content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// Why.
    pub why: String,
    /// What: the keys, or nothing for records.
    pub keys: Vec<String>,
    /// How many.
    pub count: usize,
    /// Some of them.
    pub examples: Vec<String>,
}

/// The account in short.
#[derive(Debug, Clone, Default)]
pub struct Account {
    /// Records.
    pub records: Counts,
    /// Fields.
    pub fields: Counts,
    /// Fields of which something was put right.
    pub repaired: usize,
    /// Why records were left out, the most frequent reason first.
    pub records_left_out: Vec<Reason>,
    /// Why fields were left out.
    pub fields_left_out: Vec<Reason>,
    /// What was put right.
    pub repairs: Vec<Reason>,
}

/// Counts what became of everything.
#[must_use]
pub fn account(ledger: &Ledger) -> Account {
    let mut account = Account::default();
    let mut records = Groups::default();
    let mut fields = Groups::default();
    let mut repairs = Groups::default();
    for record in ledger.records() {
        account.records.add(&record.fate);
        if let Some(why) = why(&record.fate) {
            // What stands behind the colon is of this record alone.
            let (kind, detail) = why.split_once(": ").unwrap_or((why, ""));
            let detail = if detail.is_empty() { String::new() } else { format!(": {detail}") };
            records.add(kind, "", || format!("{}{detail}", record.file));
        }
    }
    for field in ledger.fields() {
        account.fields.add(&field.fate);
        let example = || format!("{} {} = {}", ledger.record(field.record).file, field.path, short(&field.shown));
        // The fields of a record that is left out are told with it.
        let told = why(&ledger.record(field.record).fate) == why(&field.fate);
        if let Some(why) = why(&field.fate).filter(|_| !told) {
            fields.add(why, &key(field), example);
        }
        if let Some(repair) = &field.repair {
            account.repaired += 1;
            let kind = repair.split(": ").next().unwrap_or(repair);
            repairs.add(kind, &key(field), || format!("{}, {repair}", example()));
        }
    }
    account.records_left_out = records.sorted();
    account.fields_left_out = fields.sorted();
    account.repairs = repairs.sorted();
    account
}

fn why(fate: &Fate) -> Option<&str> {
    match fate {
        Fate::LeftOut(why) => Some(why),
        Fate::Unread => Some("no rule reads this key"),
        _ => None,
    }
}

/// The keys of a field without the places in lists: `cost.tiers[].input`.
fn key(field: &Field) -> String {
    let mut key = String::new();
    let mut inside = false;
    for c in field.path.chars() {
        match c {
            '[' => {
                inside = true;
                key.push_str("[]");
            }
            ']' => inside = false,
            _ if inside => {}
            c => key.push(c),
        }
    }
    key
}

/// The beginning of a text that is long.
pub(super) fn short(text: &str) -> String {
    if text.chars().count() <= 60 { text.to_owned() } else { text.chars().take(59).chain(['…']).collect() }
}

#[derive(Default)]
struct Groups(BTreeMap<String, Reason>);

impl Groups {
    fn add(&mut self, why: &str, key: &str, example: impl FnOnce() -> String) {
        if !self.0.contains_key(why) {
            let reason = Reason { why: why.to_owned(), keys: Vec::new(), count: 0, examples: Vec::new() };
            self.0.insert(why.to_owned(), reason);
        }
        let Some(reason) = self.0.get_mut(why) else { return };
        reason.count += 1;
        if !key.is_empty() && !reason.keys.iter().any(|known| known == key) {
            reason.keys.push(key.to_owned());
        }
        if reason.examples.len() < 3 {
            reason.examples.push(example());
        }
    }

    fn sorted(self) -> Vec<Reason> {
        let mut reasons: Vec<Reason> = self.0.into_values().collect();
        for reason in &mut reasons {
            reason.keys.sort();
        }
        reasons.sort_by(|a, b| b.count.cmp(&a.count).then(a.why.cmp(&b.why)));
        reasons
    }
}

impl Account {
    /// The account as text; reasons with their examples when all of it is asked for.
    #[must_use]
    pub fn text(&self, full: bool) -> String {
        let mut text = format!("Records {}\nFields  {}\n", self.records.text(), self.fields.text());
        if self.repaired > 0 {
            text.push_str(&format!("Put right: {}\n", self.repaired));
        }
        let lists = [
            ("Records left out", &self.records_left_out),
            ("Fields left out", &self.fields_left_out),
            ("Put right", &self.repairs),
        ];
        for (head, reasons) in lists {
            if reasons.is_empty() || !full {
                continue;
            }
            text.push_str(&format!("\n{head}\n"));
            for reason in reasons {
                let keys =
                    if reason.keys.is_empty() { String::new() } else { format!(" ({})", reason.keys.join(", ")) };
                text.push_str(&format!("  {:>6}  {}{keys}\n", reason.count, reason.why));
                for example in &reason.examples {
                    text.push_str(&format!("          {example}\n"));
                }
            }
        }
        text
    }
}

/// The whole account: a JSON object a line for each record and each field, in the order of the input.
#[must_use]
pub fn lines(ledger: &Ledger) -> String {
    let mut text = String::new();
    let fate = |fate: &Fate| match fate {
        Fate::Taken(at) => json!({ "fate": "taken", "at": at }),
        Fate::Merged { into, rule } => json!({ "fate": "merged", "into": into, "rule": rule }),
        Fate::LeftOut(why) => json!({ "fate": "left out", "why": why }),
        Fate::Unread => json!({ "fate": "left out", "why": "no rule reads this key" }),
        Fate::Read => json!({ "fate": "lost", "why": "a fault of the importer" }),
    };
    let mut fields = ledger.fields().iter().peekable();
    for (index, record) in ledger.records().iter().enumerate() {
        let mut object = fate(&record.fate);
        object["record"] = json!(record.id);
        object["file"] = json!(record.file);
        text.push_str(&format!("{object}\n"));
        while let Some(field) = fields.next_if(|field| field.record.index() == index) {
            let mut object = fate(&field.fate);
            object["record"] = json!(record.id);
            object["file"] = json!(record.file);
            object["field"] = json!(field.path);
            object["value"] = json!(field.shown);
            if field.line > 0 {
                object["line"] = json!(field.line);
            }
            if let Some(repair) = &field.repair {
                object["put right"] = json!(repair);
            }
            text.push_str(&format!("{object}\n"));
        }
    }
    text
}
