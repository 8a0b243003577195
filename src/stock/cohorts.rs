//! Cohorts followed through the periods.

use super::opening::{Entered, entered};
use super::{Ageing, Driver, NegativeInflow, Opening, StockFault};

/// A stock with its cohorts.
#[derive(Clone, Debug, PartialEq)]
pub struct Cohorts {
    ageing: Ageing,
    times: Vec<f64>,
    /// What enters in each period.
    pub inflow: Vec<f64>,
    /// In stock at the end of each period.
    pub stock: Vec<f64>,
    /// What leaves in each period.
    pub outflow: Vec<f64>,
    /// In stock at the end of the period before the first.
    pub opening: f64,
    /// The factor by which all older cohorts shrink in each period; 1 as a rule.
    shrinking: Vec<f64>,
    before: Vec<Entered>,
}

/// Follows a stock through periods at these `times`, which rise, with the driver's value in each. Complexity O(n²) for n
/// periods, and n times the ages of an opening stock.
///
/// # Errors
/// See [`StockFault`].
///
/// # Panics
/// When there are not as many times as values.
pub fn drive(
    ageing: Ageing,
    driver: Driver,
    negative: NegativeInflow,
    times: &[f64],
    series: &[f64],
    opening: &[Opening],
) -> Result<Cohorts, StockFault> {
    assert_eq!(times.len(), series.len(), "a value for each period");
    let shares = Shares::of(ageing, times);
    let first = ageing.share(0.0);
    if driver == Driver::Stock && first <= 0.0 && series.iter().any(|stock| *stock != 0.0) {
        return Err(StockFault::NothingStays);
    }
    let before = entered(opening, &ageing)?;
    // What entered, less what shrinking took; the shares do the rest.
    let mut old: Vec<f64> = before.iter().map(|cohort| cohort.inflow).collect();
    let mut young = vec![0.0; times.len()];
    let count = times.len();
    let mut cohorts = Cohorts {
        ageing,
        times: times.to_vec(),
        inflow: Vec::with_capacity(count),
        stock: Vec::with_capacity(count),
        outflow: Vec::with_capacity(count),
        opening: opening.iter().map(|part| part.value).sum(),
        shrinking: vec![1.0; count],
        before,
    };
    let mut last = cohorts.opening;
    for (period, given) in series.iter().enumerate() {
        let mut left: f64 = (0..period).map(|cohort| young[cohort] * shares.after(cohort, period)).sum();
        let since = times[period] - times[0] + 1.0;
        for (cohort, inflow) in cohorts.before.iter().zip(&old) {
            left += inflow * ageing.share(cohort.age + since);
        }
        let (inflow, stock) = match driver {
            Driver::Inflow => (*given, left + given * first),
            Driver::Stock if *given == left => (0.0, *given),
            Driver::Stock => {
                let inflow = (given - left) / first;
                if inflow < 0.0 && negative == NegativeInflow::Zero {
                    let factor = given / left;
                    old.iter_mut().chain(&mut young[..period]).for_each(|cohort| *cohort *= factor);
                    cohorts.shrinking[period] = factor;
                    (0.0, *given)
                } else {
                    (inflow, *given)
                }
            }
        };
        young[period] = inflow;
        cohorts.inflow.push(inflow);
        cohorts.stock.push(stock);
        cohorts.outflow.push(last + inflow - stock);
        last = stock;
    }
    Ok(cohorts)
}

/// Shares by how many periods ago a cohort entered; by the pair of periods where these are not one apart.
enum Shares {
    Even(Vec<f64>),
    Uneven(Ageing, Vec<f64>),
}

impl Shares {
    fn of(ageing: Ageing, times: &[f64]) -> Self {
        if times.windows(2).all(|pair| pair[1] - pair[0] == 1.0) {
            Self::Even((0..times.len()).map(|k| ageing.share(k as f64)).collect())
        } else {
            Self::Uneven(ageing, times.to_vec())
        }
    }

    fn after(&self, cohort: usize, period: usize) -> f64 {
        match self {
            Self::Even(shares) => shares[period - cohort],
            Self::Uneven(ageing, times) => ageing.share(times[period] - times[cohort]),
        }
    }
}

impl Cohorts {
    /// What is left at the end of a period of a part of the opening stock that was so old before the first period.
    #[must_use]
    pub fn of_opening(&self, age: f64, value: f64, period: usize) -> f64 {
        let shrunk: f64 = self.shrinking[..=period].iter().product();
        let since = self.times[period] - self.times[0] + 1.0;
        value * shrunk * (self.ageing.share(age + since) / self.ageing.share(age))
    }

    /// The factor by which all older cohorts shrink in a period; 1 where none leaves early.
    #[must_use]
    pub fn shrinking(&self, period: usize) -> f64 {
        self.shrinking[period]
    }

    /// What is left of the cohort of a period at the end of another; 0 before it enters.
    #[must_use]
    pub fn of_cohort(&self, cohort: usize, period: usize) -> f64 {
        if cohort > period {
            return 0.0;
        }
        let shrunk: f64 = self.shrinking[cohort + 1..=period].iter().product();
        let share = self.ageing.share(self.times[period] - self.times[cohort]);
        self.inflow[cohort] * share * shrunk
    }

    /// What leaves of the cohort of a period in another.
    #[must_use]
    pub fn outflow_of_cohort(&self, cohort: usize, period: usize) -> f64 {
        let before = match (cohort.cmp(&period), period.checked_sub(1)) {
            (std::cmp::Ordering::Greater, _) => return 0.0,
            (std::cmp::Ordering::Equal, _) | (_, None) => self.inflow[cohort],
            (std::cmp::Ordering::Less, Some(before)) => self.of_cohort(cohort, before),
        };
        before - self.of_cohort(cohort, period)
    }

    /// What once entered of the opening stock of an age; `None` where it has none of that age.
    #[must_use]
    pub fn opening_inflow(&self, age: f64) -> Option<f64> {
        let mut found = None;
        for cohort in self.before.iter().filter(|cohort| cohort.age == age) {
            found = Some(found.unwrap_or_default() + cohort.inflow);
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lifetime::{Convention, Lifetime};

    fn years(count: usize) -> Vec<f64> {
        (0..count).map(|year| year as f64).collect()
    }

    fn fixed(length: f64) -> Ageing {
        Ageing { lifetime: Lifetime::Fixed(length), convention: Convention::EndOfPeriodAge }
    }

    fn laws() -> Vec<Lifetime> {
        vec![
            Lifetime::Fixed(4.5),
            Lifetime::Normal { mean: 5.0, deviation: 1.5 },
            Lifetime::FoldedNormal { mean: 3.0, deviation: 4.0 },
            Lifetime::Lognormal { mean: 8.0, deviation: 3.0 },
            Lifetime::Weibull { shape: 1.2, scale: 6.0 },
        ]
    }

    #[test]
    fn a_fixed_life_by_hand() {
        // 1, 2, 3, 4 enter and live two periods: 1, 3, 5, 7 in stock, 0, 0, 1, 2 leave.
        let inflow = [1.0, 2.0, 3.0, 4.0];
        let found =
            drive(fixed(2.0), Driver::Inflow, NegativeInflow::Allow, &years(4), &inflow, &[]).unwrap();
        assert_eq!(found.stock, [1.0, 3.0, 5.0, 7.0]);
        assert_eq!(found.outflow, [0.0, 0.0, 1.0, 2.0]);
        assert_eq!(found.of_cohort(1, 2), 2.0);
        assert_eq!(found.outflow_of_cohort(1, 3), 2.0);
        assert_eq!(found.of_cohort(3, 1), 0.0);
    }

    #[test]
    fn the_stock_gives_back_the_inflow() {
        let inflow: Vec<f64> = (0..40).map(|year| 3.0 + f64::from(year % 7)).collect();
        let opening = [Opening { age: Some(2.0), value: 5.0 }, Opening { age: None, value: 20.0 }];
        for lifetime in laws() {
            for (_, convention) in Convention::WORDS {
                let ageing = Ageing { lifetime, convention };
                let times = years(inflow.len());
                let there =
                    drive(ageing, Driver::Inflow, NegativeInflow::Allow, &times, &inflow, &opening).unwrap();
                let back =
                    drive(ageing, Driver::Stock, NegativeInflow::Allow, &times, &there.stock, &opening)
                        .unwrap();
                for (found, known) in back.inflow.iter().zip(&inflow) {
                    assert!((found - known).abs() < 1e-9, "{ageing:?}: {found} {known}");
                }
                // All that entered or stood at the beginning left or is in stock.
                let gone: f64 = there.outflow.iter().sum();
                let come: f64 = inflow.iter().sum::<f64>() + 25.0;
                assert!((come - gone - there.stock[39]).abs() < 1e-9, "{ageing:?}");
                let cohorts: f64 = (0..40).map(|cohort| there.of_cohort(cohort, 39)).sum();
                assert!(cohorts <= there.stock[39] + 1e-9, "{ageing:?}");
            }
        }
    }

    #[test]
    fn a_stock_that_falls_too_fast_shrinks_all_cohorts_alike() {
        // Lives of three: 6 enter, then the stock is to be 6, 3, 3, 1.
        let stock = [6.0, 3.0, 3.0, 1.0];
        let run = |rule| drive(fixed(3.0), Driver::Stock, rule, &years(4), &stock, &[]).unwrap();
        let zero = run(NegativeInflow::Zero);
        assert_eq!(zero.inflow, [6.0, 0.0, 0.0, 1.0]);
        assert_eq!(zero.stock, stock);
        assert_eq!(zero.outflow, [0.0, 3.0, 0.0, 3.0]);
        assert_eq!(zero.of_cohort(0, 1), 3.0);
        let allow = run(NegativeInflow::Allow);
        assert_eq!(allow.inflow, [6.0, -3.0, 0.0, 4.0]);
    }

    #[test]
    fn an_opening_stock_ages_from_before_the_first_period() {
        // Lives of four: 2 of age 0 and 3 of age 2 at the end of the period before; what was 2 leaves in the second.
        let opening = [Opening { age: Some(0.0), value: 2.0 }, Opening { age: Some(2.0), value: 3.0 }];
        let none = [0.0; 4];
        let found =
            drive(fixed(4.0), Driver::Inflow, NegativeInflow::Allow, &years(4), &none, &opening).unwrap();
        assert_eq!(found.stock, [5.0, 2.0, 2.0, 0.0]);
        assert_eq!(found.outflow, [0.0, 3.0, 0.0, 2.0]);
        // Without ages: a quarter of it for each of the four ages, one leaves in every period.
        let opening = [Opening { age: None, value: 8.0 }];
        let found =
            drive(fixed(4.0), Driver::Inflow, NegativeInflow::Allow, &years(4), &none, &opening).unwrap();
        assert_eq!(found.stock, [6.0, 4.0, 2.0, 0.0]);
        assert_eq!(found.opening_inflow(3.0), Some(2.0));
        assert_eq!(found.opening_inflow(4.0), None);
    }

    #[test]
    fn what_cannot_be_followed_is_said() {
        let mid = |length| Ageing { lifetime: Lifetime::Fixed(length), convention: Convention::MidPeriodAge };
        let run = |ageing, opening: &[Opening]| {
            drive(ageing, Driver::Stock, NegativeInflow::Allow, &years(2), &[1.0, 1.0], opening)
        };
        assert_eq!(run(mid(0.5), &[]), Err(StockFault::NothingStays));
        let old = Opening { age: Some(7.0), value: 1.0 };
        assert_eq!(run(mid(3.0), &[old]), Err(StockFault::NothingSoOld(7.0)));
        // 38 deviations above the mean: what once entered would be beyond all numbers.
        let normal = Lifetime::Normal { mean: 11.0, deviation: 3.0 };
        let ageing = Ageing { lifetime: normal, convention: Convention::EndOfPeriodAge };
        let ancient = Opening { age: Some(125.5), value: 1.0 };
        assert_eq!(run(ageing, &[ancient]), Err(StockFault::NothingSoOld(125.5)));
        let lognormal = Lifetime::Lognormal { mean: 5.0, deviation: 5e4 };
        let ageing = Ageing { lifetime: lognormal, convention: Convention::EndOfPeriodAge };
        assert_eq!(run(ageing, &[Opening { age: None, value: 1.0 }]), Err(StockFault::TailTooLong));
    }

    #[test]
    fn uneven_periods_age_by_their_distance() {
        let times = [0.0, 1.0, 4.0];
        let found =
            drive(fixed(3.0), Driver::Inflow, NegativeInflow::Allow, &times, &[1.0, 2.0, 4.0], &[]).unwrap();
        assert_eq!(found.stock, [1.0, 3.0, 4.0]);
        assert_eq!(found.of_cohort(1, 2), 0.0);
    }
}
