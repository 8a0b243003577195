//! What is in stock before the first period.

use super::{Ageing, Opening, StockFault};

/// An opening stock of unknown ages spreads over as many as this at most.
const MOST_AGES: u32 = 1_000_000;
/// It spreads as long as this share is left.
const LEAST_SHARE: f64 = 1e-12;

/// A cohort of the opening stock: its age, and what once entered so that its value is left.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Entered {
    pub(super) age: f64,
    pub(super) inflow: f64,
}

/// What once entered: value/share(k); a part without ages spreads over k = 0, 1, … in proportion to share(k).
pub(super) fn entered(opening: &[Opening], ageing: &Ageing) -> Result<Vec<Entered>, StockFault> {
    let mut cohorts = Vec::new();
    for part in opening.iter().filter(|part| part.value != 0.0) {
        match part.age {
            Some(age) => {
                let share = ageing.share(age);
                let inflow = part.value / share;
                // So little stays so long that what once entered is beyond all numbers.
                if share <= 0.0 || !inflow.is_finite() {
                    return Err(StockFault::NothingSoOld(age));
                }
                cohorts.push(Entered { age, inflow });
            }
            None => spread(part.value, ageing, &mut cohorts)?,
        }
    }
    Ok(cohorts)
}

/// Cohorts of equal inflow, as many as leave a share.
fn spread(value: f64, ageing: &Ageing, cohorts: &mut Vec<Entered>) -> Result<(), StockFault> {
    let (mut count, mut sum) = (0, 0.0);
    loop {
        let share = ageing.share(f64::from(count));
        if share < LEAST_SHARE {
            break;
        }
        sum += share;
        count += 1;
        if count > MOST_AGES {
            return Err(StockFault::TailTooLong);
        }
    }
    if count == 0 {
        return Err(StockFault::NothingStays);
    }
    cohorts.extend((0..count).map(|age| Entered { age: f64::from(age), inflow: value / sum }));
    Ok(())
}
