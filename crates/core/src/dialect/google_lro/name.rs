//! The name of an operation, `projects/{project}/locations/{location}/operations/{id}`: taking it apart, and finding it
//! in what a user pasted.

use crate::dialect::{BuildError, segment};
use crate::http::decode_segment;
use crate::text::fill;

/// The parts of a full name; none is empty. Ids have no slash; one that has stays whole, as one segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Name<'a> {
    pub project: &'a str,
    pub location: &'a str,
    pub id: &'a str,
}

impl<'a> Name<'a> {
    /// Takes a name apart, if it has the full form.
    pub(super) fn read(name: &'a str) -> Option<Name<'a>> {
        let mut parts = name.splitn(6, '/');
        let mut part = |word: &str| match parts.next() {
            Some(found) if found == word => parts.next().filter(|part| !part.trim().is_empty()),
            _ => None,
        };
        Some(Name { project: part("projects")?, location: part("locations")?, id: part("operations")? })
    }

    /// The path of the operation with each part encoded. A pinned project is asked for whatever the name says: a name
    /// that says another one is refused, but a number is the server's own way to write a project.
    pub(super) fn path(self, pinned: Option<&str>) -> Result<String, BuildError> {
        let is_number = self.project.bytes().all(|byte| byte.is_ascii_digit());
        let project = pinned.unwrap_or(self.project);
        if project != self.project && !is_number {
            return Err(BuildError::Invalid(fill(
                "This connection is pinned to the project {0}; the operation belongs to another one.",
                &[project],
            )));
        }
        let mut path = parent(project, self.location)?;
        path.push_str("/operations/");
        path.push_str(&segment(self.id)?);
        Ok(path)
    }
}

/// `projects/{project}/locations/{location}`, each part encoded.
pub(super) fn parent(project: &str, location: &str) -> Result<String, BuildError> {
    let mut path = String::from("projects/");
    path.push_str(&segment(project)?);
    path.push_str("/locations/");
    path.push_str(&segment(location)?);
    Ok(path)
}

/// The full name in a pasted text: the name itself, the URL of a call, or an address of Google's own console with the
/// name in it, encoded or not.
pub(super) fn recognise(pasted: &str) -> Option<String> {
    let decoded;
    let text = if pasted.contains("projects/") {
        pasted
    } else {
        decoded = decode_segment(pasted);
        &decoded
    };
    let found = text.match_indices("projects/").filter_map(|(at, _)| text.get(at..));
    found.map(cut).find(|name| Name::read(name).is_some())
}

/// The six parts at the start of a text, decoded one by one, without what may follow an id.
fn cut(text: &str) -> String {
    let stops = |char: char| {
        char.is_ascii_whitespace() || matches!(char, '?' | '#' | '&' | '"' | '\'' | '<' | '>' | ',' | ';')
    };
    let text = text.split(stops).next().unwrap_or(text);
    let mut name = String::new();
    for (at, part) in text.split('/').take(6).enumerate() {
        if at > 0 {
            name.push('/');
        }
        // What follows a colon is a verb of the API, as in `:cancel`.
        let part = if at == 5 { part.split(':').next().unwrap_or(part) } else { part };
        name.push_str(&decode_segment(part));
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAME: &str = "projects/demo/locations/us-central1/operations/op-1";

    #[test]
    fn only_the_full_form_is_a_name() {
        let name = Name::read(NAME).unwrap();
        assert_eq!((name.project, name.location, name.id), ("demo", "us-central1", "op-1"));
        for odd in [
            "",
            "operations/op-1",
            "projects/demo/operations/op-1",
            "projects//locations/l/operations/x",
            "projects/p/locations/l/operations/",
            "/projects/p/locations/l/operations/x",
            "Projects/p/locations/l/operations/x",
        ] {
            assert_eq!(Name::read(odd), None, "{odd}");
        }
    }

    #[test]
    fn a_pinned_project_is_the_only_one_asked_for() {
        let name = Name::read(NAME).unwrap();
        assert_eq!(name.path(None).unwrap(), NAME);
        assert_eq!(name.path(Some("demo")).unwrap(), NAME);
        let Err(BuildError::Invalid(why)) = name.path(Some("mine")) else { panic!("another project's") };
        assert!(why.contains("mine") && why.ends_with('.'), "{why}");
        let number = Name::read("projects/123456/locations/us-central1/operations/op-1").unwrap();
        assert_eq!(number.path(Some("demo")).unwrap(), NAME);
        assert!(number.path(None).unwrap().starts_with("projects/123456/"));
        let dots = Name::read("projects/../locations/l/operations/x").unwrap();
        assert!(matches!(dots.path(None), Err(BuildError::Invalid(_))));
        let odd = Name::read("projects/a b/locations/l/operations/x/y?z:").unwrap();
        assert_eq!(odd.path(None).unwrap(), "projects/a%20b/locations/l/operations/x%2Fy%3Fz%3A");
    }

    #[test]
    fn a_name_is_found_in_what_was_pasted() {
        for pasted in [
            NAME,
            "  projects/demo/locations/us-central1/operations/op-1 \n",
            "https://workloadmanager.googleapis.com/v1/projects/demo/locations/us-central1/operations/op-1?alt=json",
            "https://workloadmanager.googleapis.com/v1/projects/demo/locations/us-central1/operations/op-1:cancel",
            "https://console.cloud.google.com/x;name=projects%2Fdemo%2Flocations%2Fus-central1%2Foperations%2Fop-1?project=demo",
            "https://console.cloud.google.com/projects/demo?n=projects/demo/locations/us-central1/operations/op-1&x=1",
            r#"{"name": "projects/demo/locations/us-central1/operations/op-1", "done": false}"#,
        ] {
            assert_eq!(recognise(pasted).as_deref(), Some(NAME), "{pasted}");
        }
        for pasted in [
            "",
            "op-1",
            "projects/demo/locations/us-central1",
            "https://console.cloud.google.com/?project=demo",
        ] {
            assert_eq!(recognise(pasted), None, "{pasted}");
        }
    }
}
