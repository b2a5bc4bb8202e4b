//! The query string as this API reads it: repeated names, Python booleans, paging, sorting and projection.
//! It must not know which fields a list has.

use super::refusal::{Outcome, Refusal};

/// Everything after the question mark, decoded, in the order it came.
#[derive(Debug, Default)]
pub(super) struct Query(Vec<(String, String)>);

impl Query {
    pub(super) fn parse(text: &str) -> Self {
        Self(form_urlencoded::parse(text.as_bytes()).into_owned().collect())
    }

    pub(super) fn push(&mut self, name: &str, value: &str) {
        self.0.push((name.to_owned(), value.to_owned()));
    }

    pub(super) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The first value under this name.
    pub(super) fn one(&self, name: &str) -> Option<&str> {
        self.all(name).next()
    }

    pub(super) fn all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        self.pairs().filter(move |(known, _)| *known == name).map(|(_, value)| value)
    }

    /// False when it is not given; a value that is no boolean is refused.
    pub(super) fn flag(&self, name: &str) -> Outcome<bool> {
        self.one(name).map_or(Ok(false), |text| {
            boolean(text).ok_or_else(|| Refusal::bad(format!("{name} must be <true/false>, got {text}")))
        })
    }

    /// `_size` and `_offset`.
    pub(super) fn page(&self, default_size: usize) -> Outcome<Page> {
        Ok(Page {
            size: self.number("_size")?.unwrap_or(default_size),
            offset: self.number("_offset")?.unwrap_or(0),
            whole: false,
        })
    }

    fn number(&self, name: &str) -> Outcome<Option<usize>> {
        self.one(name).map_or(Ok(None), |text| {
            text.parse().map(Some).map_err(|_| {
                Refusal::bad_paging(format!(
                    "Invalid pagination parameter {name}={text}: it must be a number, 0 or more"
                ))
            })
        })
    }

    /// The sort keys in their order, each with whether it descends.
    pub(super) fn sort(&self) -> Vec<(&str, bool)> {
        self.all("_sort")
            .map(|key| match (key.strip_prefix('-'), key.strip_prefix('+')) {
                (Some(name), _) => (name, true),
                (None, Some(name)) => (name, false),
                (None, None) => (key, false),
            })
            .collect()
    }

    /// The fields asked for; None stands for all of them, as does an empty list.
    pub(super) fn include(&self) -> Option<Vec<&str>> {
        let names: Vec<&str> =
            self.one("_include")?.split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
        (!names.is_empty()).then_some(names)
    }
}

/// Which part of a list is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Page {
    pub(super) size: usize,
    pub(super) offset: usize,
    /// Everything, whatever the size says.
    pub(super) whole: bool,
}

impl Page {
    pub(super) fn cut<T>(self, items: impl Iterator<Item = T>) -> Vec<T> {
        if self.whole { items.collect() } else { items.skip(self.offset).take(self.size).collect() }
    }
}

/// `true` and `false` in any letter case.
pub(super) fn boolean(text: &str) -> Option<bool> {
    if text.eq_ignore_ascii_case("true") {
        Some(true)
    } else if text.eq_ignore_ascii_case("false") {
        Some(false)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_repeat_and_booleans_are_pythons() {
        let query =
            Query::parse("status=a&status=b&_all_tenants=True&x=False&y=1&_sort=-a&_sort=%2Bb&_sort=+c");
        assert_eq!(query.all("status").collect::<Vec<_>>(), ["a", "b"]);
        assert!(
            query.flag("_all_tenants").unwrap() && !query.flag("x").unwrap() && !query.flag("z").unwrap()
        );
        assert!(query.flag("y").is_err());
        assert_eq!(query.sort(), [("a", true), ("b", false), (" c", false)]);
    }

    #[test]
    fn pages() {
        let page = |text: &str| Query::parse(text).page(1000);
        assert_eq!(page("").unwrap(), Page { size: 1000, offset: 0, whole: false });
        assert_eq!(page("_size=0&_offset=7").unwrap().cut(0..20), Vec::<i32>::new());
        assert_eq!(page("_size=2&_offset=7").unwrap().cut(0..20), [7, 8]);
        assert!(page("_size=-1").is_err() && page("_offset=x").is_err());
        assert_eq!(Query::parse("_include=id,%20status,").include(), Some(vec!["id", "status"]));
        assert_eq!(Query::parse("_include=").include(), None);
    }
}
