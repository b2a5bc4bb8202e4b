//! The title of the tab.

/// Sets it. `subject` is what the page shows; the console's name follows.
pub fn set(subject: &str, console: &str) {
    if let Some(document) = super::document() {
        document.set_title(&compose(subject, console));
    }
}

fn compose(subject: &str, console: &str) -> String {
    if subject.is_empty() { console.to_owned() } else { format!("{subject} - {console}") }
}

#[cfg(test)]
mod tests {
    use super::compose;

    #[test]
    fn the_subject_comes_first() {
        assert_eq!(compose("(29 failed) Operations", "Longrun"), "(29 failed) Operations - Longrun");
        assert_eq!(compose("", "Longrun"), "Longrun");
    }
}
