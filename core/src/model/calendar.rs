//! Days of the Gregorian calendar as numbers, and what dates on the wire are made of. The usual crate
//! reads any format there is, and is a tenth of the WebAssembly build.

use crate::text::number;

/// Of 400 years, after which the calendar repeats itself.
const CYCLE_DAYS: i64 = 146_097;
/// From 0000-03-01 to 1970-01-01: years begin in March here, so that the leap day is their last.
const TO_1970: i64 = 719_468;

/// The number of a day, counted from 1970-01-01; none if there is no such day.
pub(crate) fn day_number(year: i64, month: i64, day: i64) -> Option<i64> {
    if !(1..=12).contains(&month) || !(1..=days_of(year, month)).contains(&day) {
        return None;
    }
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let (cycle, year) = (year.div_euclid(400), year.rem_euclid(400));
    let leap_days = year / 4 - year / 100;
    Some(cycle * CYCLE_DAYS + year * 365 + leap_days + before(month) + day - 1 - TO_1970)
}

/// The number of the day that `YYYY-MM-DD` means.
pub(crate) fn day(text: &str) -> Option<i64> {
    let [year, month, day] = numbers(text, '-', [4, 2, 2])?;
    day_number(year, month, day)
}

/// The year, month and day of a day's number.
pub(crate) fn date_of(day_number: i64) -> (i64, i64, i64) {
    let days = day_number + TO_1970;
    let (cycle, day) = (days.div_euclid(CYCLE_DAYS), days.rem_euclid(CYCLE_DAYS));
    // Without the leap days that came before, every year has 365 days.
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (year * 365 + year / 4 - year / 100);
    let month = (day * 5 + 2) / 153;
    let day = day - before(month) + 1;
    let year = cycle * 400 + year;
    if month < 10 {
        (year, month + 3, day)
    } else {
        (year + 1, month - 9, day)
    }
}

/// The milliseconds of a time of day, `HH:MM:SS`. A leap second is the one before it.
pub(crate) fn time_of_day(text: &str) -> Option<i64> {
    let [hour, minute, second] = numbers(text, ':', [2, 2, 2])?;
    let is_time = hour <= 23 && minute <= 59 && second <= 60;
    is_time.then_some((hour * 3_600 + minute * 60 + second.min(59)) * 1_000)
}

/// Three numbers of these many digits with a mark between them, and nothing else.
fn numbers(text: &str, mark: char, lengths: [usize; 3]) -> Option<[i64; 3]> {
    let mut parts = text.split(mark);
    let mut numbers = [0; 3];
    for (place, length) in numbers.iter_mut().zip(lengths) {
        *place = number(parts.next().filter(|part| part.len() == length)?)?;
    }
    parts.next().is_none().then_some(numbers)
}

/// The days of the months before this one, in a year that begins in March.
const fn before(month: i64) -> i64 {
    (month * 153 + 2) / 5
}

const fn days_of(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_of_800_years_has_one_number_and_one_date() {
        let mut expected = day_number(1600, 1, 1).unwrap();
        for year in 1600..2400 {
            for month in 1..=12 {
                for day in 1..=days_of(year, month) {
                    assert_eq!(day_number(year, month, day), Some(expected));
                    assert_eq!(date_of(expected), (year, month, day));
                    expected += 1;
                }
            }
        }
        assert_eq!(day_number(1970, 1, 1), Some(0));
        assert_eq!(day_number(2000, 3, 1), Some(11_017));
    }

    #[test]
    fn there_is_no_such_day() {
        for (year, month, day) in [
            (2025, 2, 29),
            (1900, 2, 29),
            (2025, 4, 31),
            (2025, 0, 1),
            (2025, 13, 1),
            (2025, 1, 0),
        ] {
            assert_eq!(day_number(year, month, day), None, "{year}-{month}-{day}");
        }
    }

    #[test]
    fn a_time_of_day_is_three_pairs_of_digits() {
        assert_eq!(time_of_day("23:59:59"), Some(86_399_000));
        assert_eq!(time_of_day("23:59:60"), Some(86_399_000));
        for text in [
            "24:00:00",
            "1:00:00",
            "00:00",
            "00:00:00:00",
            "00:60:00",
            "00:00:61",
            "+1:00:00",
            "",
        ] {
            assert_eq!(time_of_day(text), None, "{text}");
        }
    }
}
