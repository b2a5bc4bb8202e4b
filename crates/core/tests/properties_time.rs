//! Properties of the time module, with the time crate as the judge.

use longrun_core::time::{Millis, iso8601, parse_ecl, parse_rfc3339, stamp};
use proptest::prelude::*;
use time::format_description::well_known::Rfc3339;

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn instants_are_those_of_the_time_crate(seconds in -62_167_219_200i64..253_402_300_800, millis in 0i64..1_000, offset in -1_439i32..1_440) {
        let at = Millis(seconds * 1_000 + millis);
        let judge = time::OffsetDateTime::from_unix_timestamp_nanos(i128::from(at.0) * 1_000_000).unwrap();
        prop_assert_eq!(parse_rfc3339(&judge.format(&Rfc3339).unwrap()), Some(at));
        prop_assert_eq!(time::OffsetDateTime::parse(&iso8601(at), &Rfc3339).unwrap(), judge);
        prop_assert_eq!(parse_ecl(&stamp(at, 0)), Some(Millis(seconds * 1_000)));
        let zone = time::UtcOffset::from_whole_seconds(offset * 60).unwrap();
        if let Some(local) = judge.checked_to_offset(zone) && (0..=9_999).contains(&local.year()) {
            prop_assert_eq!(parse_rfc3339(&local.format(&Rfc3339).unwrap()), Some(at));
            let (date, time) = (local.date(), local.time());
            let expected = format!("{date} {:02}:{:02}:{:02}", time.hour(), time.minute(), time.second());
            prop_assert_eq!(stamp(at, offset), expected);
        }
    }

    #[test]
    fn odd_times_are_refused_or_right_but_never_a_panic(text in "[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{0,12})?(Z|[+-][0-9]{2}:?[0-9]{2})?") {
        if let (Some(at), Ok(judge)) = (parse_rfc3339(&text), time::OffsetDateTime::parse(&text, &Rfc3339)) {
            // The time crate puts a leap second before midnight, this one behind it.
            prop_assert!((i128::from(at.0) - judge.unix_timestamp_nanos() / 1_000_000).abs() <= 1_000, "{}", text);
        }
        parse_ecl(&text);
    }
}
