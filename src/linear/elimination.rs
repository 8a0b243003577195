//! What any set of linear equations determines: redundant, missing and contradictory ones included.
//!
//! Sparse Gaussian elimination; the pivot is looked for in the shortest row, where it is not small, in the column that
//! fewest rows hold (after Markowitz). Every entry carries a bound of its rounding error, and one that is not well above
//! it has cancelled: it is 0. What is left of an equation without unknowns is a check; an unknown without a pivot is
//! free, and every other one is a constant plus multiples of free ones.

use std::collections::{BTreeMap, BTreeSet};

/// An entry that is not this many times its error bound is 0.
const ABOVE_ERROR: f64 = 1000.0;
/// A sum of multiples of a free unknown that is smaller than this share of its terms is 0.
const CANCELLED: f64 = 1e-9;
/// What is left of an equation may be this share of what went into it.
const CONTRADICTED: f64 = 1e-9;
/// A pivot is at least this share of the largest entry of its row.
const LEAST_PIVOT: f64 = 0.1;
/// Multiplications after which the elimination gives up: it is the last resort, not the rule.
const MOST_WORK: u64 = 4_000_000_000;
/// Entries in all rows together after which it gives up.
const MOST_ENTRIES: usize = 40_000_000;

/// Linear equations Σ factor·unknown = right.
#[derive(Clone, Debug)]
pub struct Equations {
    unknowns: usize,
    starts: Vec<usize>,
    terms: Vec<(u32, f64)>,
    right: Vec<f64>,
    /// Sizes of what went into the right-hand sides.
    sizes: Vec<f64>,
}

impl Equations {
    /// No equations yet of this many unknowns.
    #[must_use]
    pub fn new(unknowns: usize) -> Self {
        Self { unknowns, starts: vec![0], terms: Vec::new(), right: Vec::new(), sizes: Vec::new() }
    }

    /// Adds an equation; several terms of one unknown add up.
    pub fn push(&mut self, terms: impl IntoIterator<Item = (usize, f64)>, right: f64) {
        self.push_sized(terms, right, right.abs());
    }

    /// Adds an equation whose right-hand side is a difference of numbers of this size.
    pub fn push_sized(&mut self, terms: impl IntoIterator<Item = (usize, f64)>, right: f64, size: f64) {
        self.sizes.push(size);
        self.terms.extend(terms.into_iter().map(|(unknown, factor)| (unknown as u32, factor)));
        self.starts.push(self.terms.len());
        self.right.push(right);
    }

    /// Number of equations.
    #[must_use]
    pub fn len(&self) -> usize {
        self.right.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.right.is_empty()
    }

    /// Number of unknowns.
    #[must_use]
    pub fn unknowns(&self) -> usize {
        self.unknowns
    }

    /// The terms of an equation.
    pub fn terms(&self, equation: usize) -> impl Iterator<Item = (usize, f64)> + Clone {
        let terms = &self.terms[self.starts[equation]..self.starts[equation + 1]];
        terms.iter().map(|(unknown, factor)| (*unknown as usize, *factor))
    }

    /// Size of what went into the right-hand side of an equation.
    #[must_use]
    pub fn size(&self, equation: usize) -> f64 {
        self.sizes[equation]
    }

    /// The right-hand side of an equation.
    #[must_use]
    pub fn right(&self, equation: usize) -> f64 {
        self.right[equation]
    }
}

/// An equation that the others contradict.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Contradiction {
    /// Which equation was left without unknowns.
    pub equation: usize,
    /// What is left on its right-hand side.
    pub excess: f64,
}

/// The elimination went beyond what a last resort may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLarge;

/// What a set of equations determines.
#[derive(Clone, Debug, Default)]
pub struct Elimination {
    constants: Vec<f64>,
    /// Multiples of free unknowns, of the unknowns that are not determined.
    multiples: BTreeMap<u32, Vec<(u32, f64)>>,
    contradictions: Vec<Contradiction>,
}

impl Elimination {
    /// The value of an unknown; `None` where the equations do not determine it.
    #[must_use]
    pub fn value(&self, unknown: usize) -> Option<f64> {
        if self.multiples.contains_key(&(unknown as u32)) {
            None
        } else {
            self.constants.get(unknown).copied()
        }
    }

    /// The value of Σ factor·unknown, which may be determined although its unknowns are not.
    #[must_use]
    pub fn sum(&self, terms: impl IntoIterator<Item = (usize, f64)>) -> Option<f64> {
        let mut sum = 0.0;
        let mut left = Multiples::default();
        for (unknown, factor) in terms {
            sum += factor * self.constants.get(unknown)?;
            if let Some(multiples) = self.multiples.get(&(unknown as u32)) {
                left.add(multiples, factor);
            }
        }
        left.finish(1.0).is_empty().then_some(sum)
    }

    /// Equations that the others contradict.
    #[must_use]
    pub fn contradictions(&self) -> &[Contradiction] {
        &self.contradictions
    }

    /// Unknowns that are not determined, ascending.
    pub fn undetermined(&self) -> impl Iterator<Item = usize> {
        self.multiples.keys().map(|unknown| *unknown as usize)
    }
}

/// A sum of multiples of free unknowns, with the size of what was added, by which cancelling is told.
#[derive(Debug, Default)]
struct Multiples(BTreeMap<u32, (f64, f64)>);

impl Multiples {
    fn add(&mut self, multiples: &[(u32, f64)], factor: f64) {
        for (free, multiple) in multiples {
            let (sum, size) = self.0.entry(*free).or_default();
            *sum += factor * multiple;
            *size += (factor * multiple).abs();
        }
    }

    fn finish(self, factor: f64) -> Vec<(u32, f64)> {
        let kept = self.0.into_iter().filter(|(_, (sum, size))| sum.abs() > CANCELLED * size);
        kept.map(|(free, (sum, _))| (free, factor * sum)).collect()
    }
}

/// A factor of an unknown.
#[derive(Clone, Copy, Debug, Default)]
struct Entry {
    unknown: u32,
    factor: f64,
    /// Bound of its rounding error.
    error: f64,
}

/// A row that is still worked on.
#[derive(Clone, Debug, Default)]
struct Row {
    terms: Vec<Entry>,
    right: f64,
    /// Size of what went into the right-hand side.
    size: f64,
}

impl Row {
    fn entry(&self, unknown: u32) -> Option<Entry> {
        let place = self.terms.binary_search_by_key(&unknown, |entry| entry.unknown).ok()?;
        Some(self.terms[place])
    }

    /// Takes the unknown of `pivot`, an entry of `other`, out of this row, which holds it as `own`; `is_new` hears of
    /// unknowns that come in, those that go out are returned.
    fn subtract(&mut self, other: &Self, own: Entry, pivot: Entry, mut is_new: impl FnMut(u32)) -> Vec<u32> {
        let times = own.factor / pivot.factor;
        let doubt = own.error / own.factor.abs() + pivot.error / pivot.factor.abs();
        let mut gone = Vec::new();
        let mut terms = Vec::with_capacity(self.terms.len() + other.terms.len());
        let (mut left, mut right) = (self.terms.iter().peekable(), other.terms.iter().peekable());
        while let Some(unknown) = left.peek().into_iter().chain(right.peek()).map(|entry| entry.unknown).min()
        {
            let mine = left.next_if(|entry| entry.unknown == unknown).copied();
            let Some(theirs) = right.next_if(|entry| entry.unknown == unknown) else {
                terms.extend(mine);
                continue;
            };
            let before = mine.unwrap_or(Entry { unknown, factor: 0.0, error: 0.0 });
            let product = times * theirs.factor;
            let factor = before.factor - product;
            let rounding = f64::EPSILON * (before.factor.abs() + product.abs());
            let error = before.error + times.abs() * theirs.error + doubt * product.abs() + rounding;
            let is_zero = unknown == pivot.unknown || factor.abs() <= ABOVE_ERROR * error;
            match (mine.is_some(), is_zero) {
                (true, true) => gone.push(unknown),
                (false, true) => {}
                (was_there, false) => {
                    if !was_there {
                        is_new(unknown);
                    }
                    terms.push(Entry { unknown, factor, error });
                }
            }
        }
        self.terms = terms;
        self.right -= times * other.right;
        self.size += times.abs() * other.size;
        gone
    }
}

/// Rows in work and where their unknowns stand.
struct Work {
    rows: Vec<Row>,
    /// Rows that held an unknown at some time, perhaps no more.
    holders: Vec<Vec<u32>>,
    /// How many rows hold it now.
    counts: Vec<u32>,
    /// Rows by length.
    queue: BTreeSet<(usize, u32)>,
    entries: usize,
    work: u64,
}

/// Finds what equations determine. Complexity as that of sparse elimination: about linear for systems that are nearly
/// triangular, up to cubic for dense ones.
///
/// # Errors
/// When it would take beyond a few seconds.
pub fn eliminate(equations: &Equations) -> Result<Elimination, TooLarge> {
    let mut work = Work::of(equations);
    let mut contradictions = Vec::new();
    let mut pivots: Vec<(Entry, Row)> = Vec::new();
    while let Some((length, number)) = work.queue.pop_first() {
        let row = std::mem::take(&mut work.rows[number as usize]);
        work.entries -= row.terms.len();
        if length == 0 {
            if row.right.abs() > CONTRADICTED * row.size {
                contradictions.push(Contradiction { equation: number as usize, excess: row.right });
            }
            continue;
        }
        let pivot = work.pivot(&row);
        for entry in &row.terms {
            work.counts[entry.unknown as usize] -= 1;
        }
        work.clear(pivot, &row)?;
        pivots.push((pivot, row));
    }
    contradictions.sort_by_key(|contradiction| contradiction.equation);
    let mut solved =
        Elimination { constants: vec![0.0; equations.unknowns], multiples: BTreeMap::new(), contradictions };
    let mut has_pivot = vec![false; equations.unknowns];
    pivots.iter().for_each(|(pivot, _)| has_pivot[pivot.unknown as usize] = true);
    for free in (0..equations.unknowns).filter(|unknown| !has_pivot[*unknown]) {
        solved.multiples.insert(free as u32, vec![(free as u32, 1.0)]);
    }
    for (pivot, row) in pivots.iter().rev() {
        let (mut constant, mut multiples) = (row.right, Multiples::default());
        for other in row.terms.iter().filter(|other| other.unknown != pivot.unknown) {
            constant -= other.factor * solved.constants[other.unknown as usize];
            if let Some(known) = solved.multiples.get(&other.unknown) {
                multiples.add(known, other.factor);
                work.work += known.len() as u64;
            }
        }
        if work.work > MOST_WORK {
            return Err(TooLarge);
        }
        solved.constants[pivot.unknown as usize] = constant / pivot.factor;
        let multiples = multiples.finish(-1.0 / pivot.factor);
        if !multiples.is_empty() {
            solved.multiples.insert(pivot.unknown, multiples);
        }
    }
    Ok(solved)
}

impl Work {
    fn of(equations: &Equations) -> Self {
        let mut rows = Vec::with_capacity(equations.len());
        let mut holders = vec![Vec::new(); equations.unknowns];
        let mut counts = vec![0; equations.unknowns];
        let mut queue = BTreeSet::new();
        let mut entries = 0;
        for number in 0..equations.len() {
            let row = normal(equations, number);
            for entry in &row.terms {
                holders[entry.unknown as usize].push(number as u32);
                counts[entry.unknown as usize] += 1;
            }
            entries += row.terms.len();
            queue.insert((row.terms.len(), number as u32));
            rows.push(row);
        }
        Self { rows, holders, counts, queue, entries, work: 0 }
    }

    /// The unknown that a row is solved for.
    fn pivot(&self, row: &Row) -> Entry {
        let largest = row.terms.iter().fold(0.0_f64, |largest, entry| largest.max(entry.factor.abs()));
        let fit = row.terms.iter().filter(|entry| entry.factor.abs() >= LEAST_PIVOT * largest);
        let best = fit.min_by_key(|entry| (self.counts[entry.unknown as usize], entry.unknown));
        best.or(row.terms.first()).copied().unwrap_or_default()
    }

    /// Takes an unknown out of all other rows.
    fn clear(&mut self, pivot: Entry, row: &Row) -> Result<(), TooLarge> {
        for holder in std::mem::take(&mut self.holders[pivot.unknown as usize]) {
            let mut target = std::mem::take(&mut self.rows[holder as usize]);
            if let Some(own) = target.entry(pivot.unknown) {
                let before = target.terms.len();
                self.queue.remove(&(before, holder));
                let (holders, counts) = (&mut self.holders, &mut self.counts);
                let gone = target.subtract(row, own, pivot, |unknown| {
                    holders[unknown as usize].push(holder);
                    counts[unknown as usize] += 1;
                });
                gone.iter().for_each(|unknown| self.counts[*unknown as usize] -= 1);
                self.entries = self.entries - before + target.terms.len();
                self.work += (before + row.terms.len()) as u64;
                self.queue.insert((target.terms.len(), holder));
            }
            self.rows[holder as usize] = target;
            if self.work > MOST_WORK || self.entries > MOST_ENTRIES {
                return Err(TooLarge);
            }
        }
        Ok(())
    }
}

/// An equation with its terms in order, each unknown once, and its largest factor between 1 and 2.
fn normal(equations: &Equations, number: usize) -> Row {
    let mut sums = Multiples::default();
    for (unknown, factor) in equations.terms(number) {
        sums.add(&[(unknown as u32, 1.0)], factor);
    }
    let terms = sums.finish(1.0);
    let largest = terms.iter().fold(0.0_f64, |largest, (_, factor)| largest.max(factor.abs()));
    // A power of two changes no digit.
    let scale = if largest > 0.0 { libm::ldexp(1.0, -libm::ilogb(largest)) } else { 1.0 };
    let scaled = terms.into_iter().map(|(unknown, factor)| {
        let factor = factor * scale;
        Entry { unknown, factor, error: f64::EPSILON * factor.abs() }
    });
    let (right, size) = (equations.right(number) * scale, equations.size(number) * scale);
    Row { terms: scaled.collect(), right, size }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(unknowns: usize, rows: &[(&[(usize, f64)], f64)]) -> Elimination {
        let mut equations = Equations::new(unknowns);
        rows.iter().for_each(|(terms, right)| equations.push(terms.iter().copied(), *right));
        eliminate(&equations).unwrap()
    }

    #[test]
    fn redundant_equations_do_no_harm() {
        // x + y = 3, x − y = 1, 2x + 2y = 6, x = 2.
        let solved = of(
            2,
            &[
                (&[(0, 1.0), (1, 1.0)], 3.0),
                (&[(0, 1.0), (1, -1.0)], 1.0),
                (&[(0, 2.0), (1, 2.0)], 6.0),
                (&[(0, 1.0)], 2.0),
            ],
        );
        assert_eq!((solved.value(0), solved.value(1)), (Some(2.0), Some(1.0)));
        assert!(solved.contradictions().is_empty());
    }

    #[test]
    fn a_contradiction_is_named_by_its_equation() {
        let solved = of(2, &[(&[(0, 1.0), (1, 1.0)], 3.0), (&[(0, 1.0)], 1.0), (&[(1, 1.0)], 2.5)]);
        assert_eq!(solved.contradictions().len(), 1);
        assert!((solved.contradictions()[0].excess.abs() - 0.5).abs() < 1e-12);
        let empty = of(1, &[(&[], 1.0), (&[(0, 1.0), (0, -1.0)], 0.0)]);
        assert_eq!(empty.contradictions(), [Contradiction { equation: 0, excess: 1.0 }]);
    }

    #[test]
    fn what_is_not_determined_has_no_value_but_sums_may() {
        // x + y = 5, y + z = 3, u = 1: x, y and z are open, x − z = 2 is not.
        let solved = of(4, &[(&[(0, 1.0), (1, 1.0)], 5.0), (&[(1, 1.0), (2, 1.0)], 3.0), (&[(3, 1.0)], 1.0)]);
        assert_eq!(
            (0..4).map(|unknown| solved.value(unknown)).collect::<Vec<_>>(),
            [None, None, None, Some(1.0)]
        );
        assert_eq!(solved.sum([(0, 1.0), (2, -1.0)]), Some(2.0));
        assert_eq!(solved.sum([(0, 1.0), (3, 1.0)]), None);
        assert_eq!(solved.undetermined().collect::<Vec<_>>(), [0, 1, 2]);
    }

    #[test]
    fn shares_that_add_up_to_one_leave_no_dust() {
        // a = 0.1 t, b = 0.2 t, c = 0.7 t, t = a + b + c: t is open, however 0.1 + 0.2 + 0.7 is rounded.
        let share = |unknown: usize, share: f64| vec![(unknown, 1.0), (3, -share)];
        let mut equations = Equations::new(4);
        for (unknown, part) in [(0, 0.1), (1, 0.2), (2, 0.7)] {
            equations.push(share(unknown, part), 0.0);
        }
        equations.push([(3, 1.0), (0, -1.0), (1, -1.0), (2, -1.0)], 0.0);
        let solved = eliminate(&equations).unwrap();
        assert_eq!(solved.value(3), None);
        assert!(solved.contradictions().is_empty());
    }

    #[test]
    fn small_shares_in_a_long_chain_leave_no_dust() {
        // t_i = f_(i−1), f_i = s t_i, l_i = (1 − s) t_i, and the balances say it again: all is determined, once.
        let (count, leak) = (3_000_usize, 1.0 / 30_000.0);
        let share = 1.0 - leak;
        let mut equations = Equations::new(3 * count);
        for node in 0..count {
            let [t, f, l] = [3 * node, 3 * node + 1, 3 * node + 2];
            let last = 3 * ((node + count - 1) % count) + 1;
            let (given, share) = if node == 0 { (100.0, share) } else { (0.0, share) };
            equations.push([(t, 1.0), (last, -1.0)], given);
            equations.push([(f, 1.0), (t, -share)], 0.0);
            equations.push([(l, 1.0), (t, -(1.0 - share))], 0.0);
            equations.push([(last, 1.0), (f, -1.0), (l, -1.0)], -given);
        }
        let solved = eliminate(&equations).unwrap();
        assert!(solved.contradictions().is_empty(), "{:?}", solved.contradictions());
        // What goes round loses (1 − s) at every node: t₀ = 100 / (1 − s^n).
        let power = (0..count).fold(1.0, |power, _| power * share);
        let known = 100.0 / (1.0 - power);
        let found = solved.value(0).unwrap();
        assert!((found - known).abs() < 1e-8 * known, "{found} {known}");
        assert_eq!(solved.undetermined().count(), 0);
    }

    #[test]
    fn random_systems_give_back_what_they_were_made_from() {
        let mut stream = crate::network::generate::Stream::new(11);
        for _ in 0..40 {
            let count = 1 + stream.below(30);
            let known: Vec<f64> = (0..count).map(|_| stream.between(-5.0, 5.0)).collect();
            let mut equations = Equations::new(count);
            // A full diagonal, a few entries beside it, and half as many equations again.
            for row in 0..count + count / 2 {
                let mut terms = vec![(row % count, stream.between(1.0, 2.0))];
                for _ in 0..3 {
                    terms.push((stream.below(count), stream.between(-0.5, 0.5)));
                }
                let right = terms.iter().map(|(unknown, factor)| factor * known[*unknown]).sum();
                equations.push(terms, right);
            }
            let solved = eliminate(&equations).unwrap();
            assert!(solved.contradictions().is_empty());
            for (unknown, value) in known.iter().enumerate() {
                let found = solved.value(unknown).unwrap();
                assert!((found - value).abs() < 1e-7 * (1.0 + value.abs()), "{found} {value}");
            }
        }
    }

    #[test]
    fn units_of_very_different_size_are_no_trouble() {
        // Megatonnes beside kilograms: 10⁹ x + y = 10⁹ + 1, x − 10⁻⁹ y = 1 − 10⁻⁹.
        let solved = of(2, &[(&[(0, 1e9), (1, 1.0)], 1e9 + 1.0), (&[(0, 1.0), (1, -1e-9)], 1.0 - 1e-9)]);
        assert!((solved.value(0).unwrap() - 1.0).abs() < 1e-12);
        assert!((solved.value(1).unwrap() - 1.0).abs() < 1e-6);
    }
}
