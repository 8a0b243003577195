//! Months and years. Money and construction run in months, materials in (statistical) years.

use std::fmt;

/// A calendar month, ordered; arithmetic is in months.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(i32);

impl Month {
    /// The month `month` (1–12) of `year`; `None` outside 1–12.
    #[must_use]
    pub fn new(year: i32, month: u32) -> Option<Self> {
        (1..=12).contains(&month).then(|| Self(year * 12 + month as i32 - 1))
    }

    /// January of a year.
    #[must_use]
    pub fn january(year: i32) -> Self {
        Self(year * 12)
    }

    /// December of a year.
    #[must_use]
    pub fn december(year: i32) -> Self {
        Self(year * 12 + 11)
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> i32 {
        self.0.div_euclid(12)
    }

    /// The month of the year, 1–12.
    #[must_use]
    pub fn month(self) -> u32 {
        self.0.rem_euclid(12) as u32 + 1
    }

    /// This month plus `months` (may be negative).
    #[must_use]
    pub fn plus(self, months: i32) -> Self {
        Self(self.0 + months)
    }

    /// Months from `earlier` to `self`; negative when `self` is before it.
    #[must_use]
    pub fn since(self, earlier: Self) -> i32 {
        self.0 - earlier.0
    }

    /// Number of days in the month.
    #[must_use]
    pub fn days(self) -> u32 {
        match self.month() {
            4 | 6 | 9 | 11 => 30,
            2 => {
                let y = self.year();
                if (y % 4 == 0 && y % 100 != 0) || y % 400 == 0 { 29 } else { 28 }
            }
            _ => 31,
        }
    }

    /// Days from the last day of `earlier` to the last day of `self`; negative when before.
    #[must_use]
    pub fn days_since(self, earlier: Self) -> i64 {
        if self < earlier {
            return -earlier.days_since(self);
        }
        (earlier.0 + 1..=self.0).map(|m| i64::from(Self(m).days())).sum()
    }

    /// All months from `first` to `last`, both included.
    pub fn range(first: Self, last: Self) -> impl DoubleEndedIterator<Item = Self> + Clone {
        (first.0..=last.0).map(Self)
    }

    /// Reads `2016-07`, `2016-07-31`, `2016/7`, `2016.7`, `201607`, `2016年7月` or `2016年7月31日`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.len() == 6 && text.bytes().all(|b| b.is_ascii_digit()) {
            return Self::new(text[..4].parse().ok()?, text[4..].parse().ok()?);
        }
        let text = text.trim_end_matches(['日', '月']);
        let mut parts = text.split(['-', '/', '.', '年', '月']);
        let year: i32 = parts.next()?.trim().parse().ok()?;
        let month: u32 = parts.next()?.trim().parse().ok()?;
        let result = Self::new(year, month)?;
        if let Some(day) = parts.next() {
            let day: u32 = day.trim().parse().ok()?;
            if day == 0 || day > result.days() {
                return None;
            }
        }
        (parts.next().is_none() && (1900..=2200).contains(&year)).then_some(result)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.month())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_read_in_every_written_form() {
        let july = Month::new(2016, 7).unwrap();
        for text in ["2016-07", "2016-7-31", "2016/7", "2016.07", "201607", "2016年7月", "2016年7月31日"]
        {
            assert_eq!(Month::parse(text), Some(july), "{text}");
        }
        for text in ["2016", "2016-13", "2016-02-30", "x", "2016-7-31-1", ""] {
            assert_eq!(Month::parse(text), None, "{text}");
        }
    }

    #[test]
    fn days_are_counted_from_the_last_day() {
        let july = Month::new(2016, 7).unwrap();
        assert_eq!(july.plus(1).days_since(july), 31);
        assert_eq!(july.days_since(july.plus(1)), -31);
        assert_eq!(Month::new(2016, 2).unwrap().days(), 29);
        assert_eq!(july.plus(6).to_string(), "2017-01");
    }
}
