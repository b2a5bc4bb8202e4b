//! What is asked of the shelves on which records are kept, and what of that has not come through. Nothing that could
//! not be written is forgotten: it lies over what is read, and is tried again. Knows no database and no record's meaning.

/// What is kept together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shelf {
    /// Watched operations.
    Watch,
    /// A user's own views.
    Views,
}

impl Shelf {
    /// All of them.
    pub const ALL: [Shelf; 2] = [Shelf::Watch, Shelf::Views];

    /// What it is called where it is kept, and among tabs.
    pub fn name(self) -> &'static str {
        match self {
            Shelf::Watch => "watch",
            Shelf::Views => "views",
        }
    }
}

/// What is done with a shelf.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Reads all records.
    All,
    /// Keeps a text under each key in place of the one that was, or forgets what is there. All of it or nothing.
    Set(Vec<(String, Option<String>)>),
    /// Forgets everything.
    Clear,
}

impl Deed {
    /// It changes nothing.
    pub fn only_reads(&self) -> bool {
        matches!(self, Deed::All)
    }
}

/// Changes that were asked for and could not be written, oldest first.
#[derive(Debug, Default)]
pub struct Unkept(Vec<(Shelf, Deed)>);

impl Unkept {
    /// True where everything is kept.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A change was `kept`, or could not be. What waits for the same keys is older, and of no more use.
    pub fn tried(&mut self, shelf: Shelf, deed: &Deed, kept: bool) {
        self.0.retain_mut(|(of, waits)| match (deed, waits) {
            _ if *of != shelf => true,
            (Deed::Clear, _) => false,
            (Deed::Set(new), Deed::Set(waits)) => {
                waits.retain(|(key, _)| new.iter().all(|(newer, _)| newer != key));
                !waits.is_empty()
            }
            _ => true,
        });
        if !kept {
            self.0.push((shelf, deed.clone()));
        }
    }

    /// Gives up what waits, to be tried again before anything newer.
    pub fn take(&mut self) -> Vec<(Shelf, Deed)> {
        std::mem::take(&mut self.0)
    }

    /// What was read from a shelf, as it would be if everything were kept.
    pub fn over(&self, shelf: Shelf, mut read: Vec<(String, String)>) -> Vec<String> {
        for (_, deed) in self.0.iter().filter(|(of, _)| *of == shelf) {
            match deed {
                Deed::All => {}
                Deed::Clear => read.clear(),
                Deed::Set(changes) => {
                    for (key, text) in changes {
                        read.retain(|(known, _)| known != key);
                        read.extend(text.clone().map(|text| (key.clone(), text)));
                    }
                }
            }
        }
        read.into_iter().map(|(_, text)| text).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(changes: &[(&str, Option<&str>)]) -> Deed {
        let own = |(key, text): &(&str, Option<&str>)| ((*key).to_owned(), text.map(str::to_owned));
        Deed::Set(changes.iter().map(own).collect())
    }

    fn read(unkept: &Unkept) -> Vec<String> {
        let disk = [("a", "old a"), ("b", "old b")].map(|(key, text)| (key.to_owned(), text.to_owned()));
        unkept.over(Shelf::Watch, disk.into())
    }

    #[test]
    fn what_could_not_be_written_lies_over_what_is_read() {
        let mut unkept = Unkept::default();
        assert_eq!(read(&unkept), ["old a", "old b"]);
        unkept.tried(Shelf::Watch, &set(&[("c", Some("new c"))]), false);
        unkept.tried(Shelf::Watch, &set(&[("a", Some("new a"))]), false);
        unkept.tried(Shelf::Watch, &set(&[("b", None)]), false);
        unkept.tried(Shelf::Views, &Deed::Clear, false);
        assert_eq!(read(&unkept), ["new c", "new a"]);
        unkept.tried(Shelf::Watch, &Deed::Clear, false);
        unkept.tried(Shelf::Watch, &set(&[("d", Some("new d"))]), false);
        assert_eq!(read(&unkept), ["new d"]);
    }

    #[test]
    fn a_later_change_of_a_key_takes_the_place_of_one_that_waits() {
        let mut unkept = Unkept::default();
        unkept.tried(Shelf::Watch, &set(&[("a", Some("1"))]), false);
        unkept.tried(Shelf::Watch, &set(&[("a", Some("2"))]), false);
        assert_eq!(read(&unkept), ["old b", "2"]);
        unkept.tried(Shelf::Views, &set(&[("a", Some("a view"))]), true);
        assert_eq!(read(&unkept), ["old b", "2"], "a view of that key is another record");
        unkept.tried(Shelf::Watch, &set(&[("b", Some("kept"))]), true);
        assert!(!unkept.is_empty(), "one that is kept says nothing of another");
        unkept.tried(Shelf::Watch, &set(&[("a", Some("3"))]), true);
        assert!(unkept.is_empty());
        unkept.tried(Shelf::Watch, &set(&[("a", None), ("z", Some("renamed"))]), false);
        unkept.tried(Shelf::Watch, &set(&[("a", Some("a new one"))]), true);
        assert_eq!(read(&unkept), ["old a", "old b", "renamed"]);
        unkept.tried(Shelf::Watch, &Deed::Clear, true);
        assert!(unkept.is_empty());
    }

    #[test]
    fn what_waits_is_tried_again_in_the_order_it_was_asked_for() {
        let mut unkept = Unkept::default();
        let asked = [set(&[("a", Some("1"))]), Deed::Clear, set(&[("b", Some("2"))]), set(&[("c", None)])];
        asked.iter().for_each(|deed| unkept.tried(Shelf::Watch, deed, false));
        let again: Vec<Deed> = unkept.take().into_iter().map(|(_, deed)| deed).collect();
        assert_eq!(again, asked[1..], "what was cleared need not be written before");
        assert!(unkept.is_empty());
    }
}
