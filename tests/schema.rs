//! The committed JSON Schemas are those of the types.

use std::path::Path;

use modelfolio::source::schema::schemas;

#[test]
fn committed_schemas_equal_the_types() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema");
    let mut stale = Vec::new();
    for (name, text) in schemas() {
        let path = folder.join(name);
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(&path, &text).expect("the folder `schema` can be written");
        }
        if std::fs::read_to_string(&path).unwrap_or_default() != text {
            stale.push(name);
        }
    }
    assert!(stale.is_empty(), "{stale:?} in schema/ differ from the types; run: cargo run -- schema --write");
}

#[test]
fn no_schema_speaks_of_null_and_every_key_has_a_description() {
    for (name, text) in schemas() {
        assert!(!text.contains("\"null\""), "{name}");
        let schema: serde_json::Value = serde_json::from_str(&text).expect("a schema is JSON");
        let tables = schema["definitions"].as_object().into_iter().flat_map(|map| map.values());
        for table in tables.chain([&schema]) {
            for (key, property) in table["properties"].as_object().into_iter().flatten() {
                assert!(property["description"].is_string(), "{name}: `{key}` has no description");
            }
        }
    }
}
