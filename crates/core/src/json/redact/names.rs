//! Which names are those of secrets. Compared without case and without what separates words, so that `api_key`,
//! `apiKey`, `API-Key` and `api key` are one.

/// A name with one of these anywhere in it is a secret's…
const ANYWHERE: &[&str] = &[
    "password",
    "passwd",
    "passphrase",
    "secret",
    "apikey",
    "privatekey",
    "accesskey",
    "sharedkey",
    "authkey",
    "signingkey",
    "encryptionkey",
    "licensekey",
    "authorization",
    "credential",
    "connectionstring",
    "communitystring",
    "パスワード",
    "暗証番号",
];
/// …as is one that ends with one of these…
const AT_THE_END: &[&str] =
    &["token", "tokens", "pwd", "psk", "community", "cookie", "pass", "jwt", "bearer"];
/// …unless what it tells is only something about the secret…
const ABOUT: &[&str] = &[
    "policy",
    "length",
    "count",
    "expiry",
    "expires",
    "expired",
    "expiresat",
    "expiresin",
    "expiration",
    "age",
    "required",
    "enabled",
    "changedat",
    "updatedat",
    "resetat",
    "lifetime",
    "ttl",
    "type",
];
/// …or it only ends like one: places in a list, amounts of text, ordinary words.
const NOT_AT_THE_END: &[&str] = &[
    "pagetoken",
    "nexttoken",
    "continuationtoken",
    "synctoken",
    "maxtokens",
    "mintokens",
    "numtokens",
    "totaltokens",
    "bypass",
    "compass",
    "encompass",
    "overpass",
    "underpass",
];

/// Longer names are looked at only so far: nobody writes them, and hostile ones shall cost nothing.
const LONGEST: usize = 128;

/// Whether a member of this name holds a secret, whatever its value looks like.
pub fn is_secret_key(name: &str) -> bool {
    let name = plain(name);
    if ANYWHERE.iter().any(|word| name.contains(word)) {
        return !ABOUT.iter().any(|word| name.ends_with(word));
    }
    AT_THE_END.iter().any(|word| name.ends_with(word))
        && !NOT_AT_THE_END.iter().any(|word| name.ends_with(word))
}

/// Whether a member of this name names another one beside it.
pub(super) fn is_name_word(name: &str) -> bool {
    matches!(
        plain(name).as_str(),
        "name" | "key" | "field" | "variable" | "parameter" | "header" | "id" | "path"
    )
}

/// Whether a member of this name holds what another one beside it names.
pub(super) fn is_value_word(name: &str) -> bool {
    matches!(plain(name).as_str(), "value" | "values" | "val" | "content" | "data" | "text" | "default")
}

fn plain(name: &str) -> String {
    name.chars()
        .take(LONGEST)
        .filter(|char| char.is_ascii_alphanumeric() || !char.is_ascii())
        .map(|char| char.to_ascii_lowercase())
        .collect()
}
