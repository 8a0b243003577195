//! Which projects to take: `maximise Σ value·x`, `Σ use·x ≤ amount` for every budget, `x` 0 or 1, `x_a ≤ x_b` where a needs
//! b, `x_a + x_b ≤ 1` where they exclude each other (E-M1 of docs/equations/mix.md).

use super::solver::{Answer, Column, Outcome, Problem, Relation};
use crate::case::MixSystem;
use crate::case::mix::BondKind;
use crate::id::{ChoiceId, Id};

/// A proven best choice.
#[derive(Clone, Debug, PartialEq)]
pub struct Chosen {
    /// By project, whether it is taken.
    pub taken: Vec<bool>,
    /// Σ value of those taken.
    pub value: f64,
}

/// How a choice ended.
#[derive(Clone, Debug, PartialEq)]
pub enum Choosing {
    /// The best choice, with proof.
    Best(Chosen),
    /// No choice keeps all budgets and bonds, not even none.
    Infeasible,
    /// The solver ended without proof, with its words.
    Unproven(String),
}

/// Choices that the solver may take within its rounding and that break a budget as the numbers stand.
const MOST_REFUSED: usize = 100;

/// Finds the best choice. What the solver says is not believed as it is: the projects it takes are summed again as they
/// stand in the tables; a choice that breaks a budget within the solver's rounding is forbidden and the next best sought.
#[must_use]
pub fn best(system: &MixSystem) -> Choosing {
    let mut problem = Problem::default();
    let columns: Vec<Column> = system.choices.iter().map(|choice| problem.whole(-choice.value)).collect();
    for budget in system.budgets.ids() {
        let uses = system.uses.iter().filter(|of| of.budget == budget);
        let terms = uses.map(|of| (columns[of.choice.index()], of.amount)).collect();
        problem.row(terms, Relation::AtMost, system.budgets[budget].amount);
    }
    for bond in &system.bonds {
        let [one, other] = [bond.choice, bond.other].map(|choice: ChoiceId| columns[choice.index()]);
        match bond.kind {
            BondKind::Needs if bond.choice == bond.other => {}
            BondKind::Needs => problem.row(vec![(one, 1.0), (other, -1.0)], Relation::AtMost, 0.0),
            BondKind::Excludes => problem.row(vec![(one, 1.0), (other, 1.0)], Relation::AtMost, 1.0),
        }
    }
    for _ in 0..MOST_REFUSED {
        let taken: Vec<bool> = match problem.solve() {
            Outcome::Optimal(Answer { values, .. }) => {
                columns.iter().map(|column| column.of(&values) > 0.5).collect()
            }
            Outcome::Infeasible => return Choosing::Infeasible,
            Outcome::Unbounded => return Choosing::Unproven("unbounded".to_owned()),
            Outcome::Limit | Outcome::Feasible(_) => return Choosing::Unproven("limit".to_owned()),
            Outcome::Failed(words) => return Choosing::Unproven(words),
        };
        if broken(system, &taken).is_none() {
            return Choosing::Best(Chosen { value: value(system, &taken), taken });
        }
        // This one choice alone is forbidden: at least one project of it must be otherwise.
        let signs = taken.iter().map(|taken| if *taken { 1.0 } else { -1.0 });
        let others = taken.iter().filter(|taken| **taken).count() as f64 - 1.0;
        problem.row(columns.iter().copied().zip(signs).collect(), Relation::AtMost, others);
    }
    Choosing::Unproven(format!("{MOST_REFUSED} choices within the rounding of a budget"))
}

/// Σ value of the projects taken.
#[must_use]
pub fn value(system: &MixSystem, taken: &[bool]) -> f64 {
    system.choices.iter().zip(taken).filter(|(_, taken)| **taken).map(|(choice, _)| choice.value).sum()
}

/// The budget or bond that a choice breaks, if any. Sums of decimals are compared with room for their rounding.
#[must_use]
pub fn broken(system: &MixSystem, taken: &[bool]) -> Option<String> {
    for (id, budget) in system.budgets.enumerate() {
        let uses = system.uses.iter().filter(|of| of.budget == id && taken[of.choice.index()]);
        let (mut sum, mut size) = (0.0, budget.amount.abs());
        for of in uses {
            sum += of.amount;
            size += of.amount.abs();
        }
        if sum > budget.amount + 1e-12 * size {
            return Some(budget.key.clone());
        }
    }
    let has = |choice: ChoiceId| taken[choice.index()];
    let bond = system.bonds.iter().find(|bond| match bond.kind {
        BondKind::Needs => has(bond.choice) && !has(bond.other),
        BondKind::Excludes => has(bond.choice) && has(bond.other),
    });
    bond.map(|bond| format!("{}, {}", system.choices[bond.choice].key, system.choices[bond.other].key))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::mix::{Bond, Budget, Choice, Use};
    use crate::id::BudgetId;

    /// A choice of so many projects of made-up sizes, two budgets, some bonds.
    fn system(seed: u64, count: usize) -> MixSystem {
        let mut state = seed;
        let mut draw = |most: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % most
        };
        let mut system = MixSystem::default();
        for at in 0..count {
            system.choices.push(Choice { key: format!("p{at}"), value: draw(50) as f64 - 5.0 });
        }
        for at in 0..2 {
            system.budgets.push(Budget { key: format!("b{at}"), amount: (20 + draw(60)) as f64 });
        }
        for choice in (0..count).map(ChoiceId::from_index) {
            for budget in (0..2).map(BudgetId::from_index) {
                system.uses.push(Use { choice, budget, amount: draw(30) as f64 });
            }
        }
        for _ in 0..3 {
            let [choice, other] = [0, 1].map(|_| ChoiceId::from_index(draw(count as u64) as usize));
            let kind = if draw(2) == 0 { BondKind::Needs } else { BondKind::Excludes };
            system.bonds.push(Bond { choice, kind, other });
        }
        system
    }

    /// The best value by trying every choice; `None` where none is allowed.
    fn by_trying(system: &MixSystem) -> Option<f64> {
        let count = system.choices.len();
        (0..1_u32 << count)
            .map(|mask| (0..count).map(|at| mask >> at & 1 == 1).collect::<Vec<bool>>())
            .filter(|taken| broken(system, taken).is_none())
            .map(|taken| value(system, &taken))
            .max_by(f64::total_cmp)
    }

    #[test]
    fn the_best_is_the_best_of_all_choices() {
        for seed in 0..60 {
            let system = system(seed, 3 + (seed % 9) as usize);
            let known = by_trying(&system);
            match best(&system) {
                Choosing::Best(chosen) => {
                    assert_eq!(broken(&system, &chosen.taken), None, "seed {seed}");
                    assert!((chosen.value - known.expect("one is allowed")).abs() < 1e-9, "seed {seed}");
                }
                other => assert_eq!((other, known), (Choosing::Infeasible, None), "seed {seed}"),
            }
        }
    }

    #[test]
    fn a_budget_below_nothing_allows_no_choice_and_no_project_is_a_choice() {
        let mut none = MixSystem::default();
        assert_eq!(best(&none), Choosing::Best(Chosen { taken: Vec::new(), value: 0.0 }));
        none.budgets.push(Budget { key: "b".into(), amount: -1.0 });
        assert_eq!(best(&none), Choosing::Infeasible);
    }
}
