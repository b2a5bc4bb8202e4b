//! The proleptic Gregorian calendar as arithmetic on day numbers. Knows nothing of text, zones or hours.
//!
//! Years are counted from 1 March, so that the odd day falls at the end of a year and needs no special case;
//! 400 of them are always 146,097 days.

const DAYS_IN_400_YEARS: i64 = 146_097;
/// Days from 0000-03-01 to 1970-01-01.
const EPOCH: i64 = 719_468;

/// Days in a month of a year; 0 for a month that does not exist.
pub(super) fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 0,
    }
}

/// Days from 1970-01-01 to a date that exists.
pub(super) fn day_number(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * DAYS_IN_400_YEARS + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - EPOCH
}

/// Year, month and day of a day number.
pub(super) fn date(day_number: i64) -> (i64, i64, i64) {
    let days = day_number + EPOCH;
    let era = days.div_euclid(DAYS_IN_400_YEARS);
    let day_of_era = days.rem_euclid(DAYS_IN_400_YEARS);
    // The three corrections are the leap days that came, went and came again: every 4, 100 and 400 years.
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    (era * 400 + year_of_era + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_of_two_eras_comes_back() {
        let mut expected = (-1, 12, 31);
        for day in day_number(-1, 12, 31)..=day_number(801, 1, 1) {
            assert_eq!(date(day), expected);
            assert_eq!(day_number(expected.0, expected.1, expected.2), day);
            expected.2 += 1;
            if expected.2 > days_in_month(expected.0, expected.1) {
                expected =
                    if expected.1 == 12 { (expected.0 + 1, 1, 1) } else { (expected.0, expected.1 + 1, 1) };
            }
        }
    }

    #[test]
    fn the_epoch_is_day_zero() {
        assert_eq!(day_number(1970, 1, 1), 0);
        assert_eq!(date(-1), (1969, 12, 31));
        assert_eq!([days_in_month(1900, 2), days_in_month(2000, 2), days_in_month(2024, 2)], [28, 29, 29]);
        assert_eq!([days_in_month(2026, 0), days_in_month(2026, 13)], [0, 0]);
    }
}
