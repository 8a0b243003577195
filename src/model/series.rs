//! Values by year.

use super::provenance::Provenance;
use crate::quantity::Quantity;

/// Values given for some years: linear between given years, held after the last (or grown).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Series {
    /// Given values, by year ascending, no year twice.
    pub points: Vec<Point>,
    /// Yearly growth after the last given year, as a share (0.03 = 3 %); `None` holds the last value.
    pub growth: Option<f64>,
}

/// One given year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// Year.
    pub year: i32,
    /// Value in base units.
    pub value: Quantity,
    /// Its row.
    pub provenance: Provenance,
}

impl Series {
    /// A constant from `year` on.
    #[must_use]
    pub fn constant(year: i32, value: f64, provenance: Provenance) -> Self {
        let point = Point { year, value: Quantity::exact(value), provenance };
        Self { points: vec![point], growth: None }
    }

    /// Central value in a year; `None` before the first given year or when nothing is given.
    #[must_use]
    pub fn central(&self, year: i32) -> Option<f64> {
        let after = self.points.partition_point(|p| p.year <= year);
        let before = self.points[..after].last()?;
        if before.year == year {
            return Some(before.value.central);
        }
        match self.points.get(after) {
            Some(next) => {
                let share = f64::from(year - before.year) / f64::from(next.year - before.year);
                Some(before.value.central + share * (next.value.central - before.value.central))
            }
            None => {
                let mut value = before.value.central;
                if let Some(growth) = self.growth {
                    for _ in before.year..year {
                        value *= 1.0 + growth;
                    }
                }
                Some(value)
            }
        }
    }

    /// The given points that the value of a year rests on: one, or the two neighbours.
    #[must_use]
    pub fn rests_on(&self, year: i32) -> &[Point] {
        let after = self.points.partition_point(|p| p.year <= year);
        if after == 0 {
            return &[];
        }
        if self.points[after - 1].year == year {
            return &self.points[after - 1..after];
        }
        &self.points[after - 1..(after + 1).min(self.points.len())]
    }
}

#[cfg(test)]
mod tests {
    use super::super::provenance::TableKind;
    use super::*;

    fn series(points: &[(i32, f64)], growth: Option<f64>) -> Series {
        let provenance = Provenance::made(TableKind::Activity);
        let points = points
            .iter()
            .map(|&(year, value)| Point { year, value: Quantity::exact(value), provenance })
            .collect();
        Series { points, growth }
    }

    #[test]
    fn linear_between_given_years_and_held_after() {
        let s = series(&[(2015, 10.0), (2017, 20.0)], None);
        assert_eq!(s.central(2014), None);
        assert_eq!(s.central(2016), Some(15.0));
        assert_eq!(s.central(2020), Some(20.0));
        assert_eq!(s.rests_on(2016).len(), 2);
        assert_eq!(s.rests_on(2015).len(), 1);
        assert_eq!(s.rests_on(2020).len(), 1);
    }

    #[test]
    fn grown_after_the_last_given_year() {
        let s = series(&[(2015, 10.0)], Some(0.1));
        assert!((s.central(2017).unwrap() - 12.1).abs() < 1e-12);
    }
}
