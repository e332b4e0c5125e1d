//! `content/developers/<id>.toml`: who makes models.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Located;

/// Who makes models. The id is the file's name.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeveloperFile {
    /// Name as the developer writes it.
    pub name: Located<String>,
    /// Home page.
    pub url: Option<Located<String>>,
    /// Where the developer is seated: a country.
    pub country: Option<Located<String>>,
    /// One paragraph about the developer.
    pub description: Option<Located<String>>,
    /// Page on which the developer documents its models.
    pub docs: Option<Located<String>>,
}
