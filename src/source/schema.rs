//! JSON Schemas of the content files, so that editors complete and check while typing.
//!
//! They are made from the types, by `modelfolio schema`, and committed in `schema/`. Draft 7 is the newest that the
//! TOML language servers understand.

use schemars::generate::SchemaSettings;
use schemars::transform::{Transform, transform_subschemas};
use schemars::{JsonSchema, Schema};
use serde_json::Value;

use super::{BenchmarkFile, DeveloperFile, ModelFile, ProviderFile, SiteFile};

/// The schema of each kind of content file: its file name in `schema/` and its text.
#[must_use]
pub fn schemas() -> Vec<(&'static str, String)> {
    vec![
        ("benchmark.json", schema::<BenchmarkFile>("Benchmark")),
        ("developer.json", schema::<DeveloperFile>("Developer")),
        ("model.json", schema::<ModelFile>("Model")),
        ("provider.json", schema::<ProviderFile>("Provider")),
        ("site.json", schema::<SiteFile>("Site")),
    ]
}

fn schema<T: JsonSchema>(title: &str) -> String {
    let generator = SchemaSettings::draft07().with_transform(NoNull).into_generator();
    let mut schema = generator.into_root_schema_for::<T>();
    schema.insert("title".to_owned(), format!("{title} (Modelfolio)").into());
    let mut text = serde_json::to_string_pretty(&schema).expect("a schema is JSON");
    text.push('\n');
    text
}

/// Takes `null` out: TOML has none, and a key that may be absent is simply not required.
#[derive(Clone)]
struct NoNull;

impl Transform for NoNull {
    fn transform(&mut self, schema: &mut Schema) {
        if let Some(Value::Array(types)) = schema.get_mut("type") {
            types.retain(|name| name != "null");
            if let [only] = types.as_slice() {
                let only = only.clone();
                schema.insert("type".to_owned(), only);
            }
        }
        if let Some(Value::Array(choices)) = schema.get_mut("anyOf") {
            choices.retain(|choice| choice.get("type").is_none_or(|name| name != "null"));
            if let [only] = choices.as_slice()
                && let Some(only) = only.as_object().cloned()
            {
                schema.remove("anyOf");
                let object = schema.ensure_object();
                if only.contains_key("$ref") && !object.is_empty() {
                    // In draft 7 what stands beside a `$ref` is not looked at.
                    object.insert("allOf".to_owned(), Value::Array(vec![Value::Object(only)]));
                } else {
                    object.extend(only);
                }
            }
        }
        transform_subschemas(self, schema);
    }
}

/// For a key: only these words.
pub(super) fn one_of(words: &'static [&'static str]) -> impl Fn(&mut Schema) {
    move |schema| {
        schema.insert("enum".to_owned(), words.into());
    }
}

/// For a list: only these words.
pub(super) fn each_of(words: &'static [&'static str]) -> impl Fn(&mut Schema) {
    move |schema| {
        if let Some(Value::Object(items)) = schema.get_mut("items") {
            items.insert("enum".to_owned(), words.into());
        }
    }
}
