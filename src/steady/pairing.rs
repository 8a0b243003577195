//! Which equation each unknown is solved for.

use std::collections::VecDeque;

/// Most steps of the search for pairs, per unknown: beyond it elimination is the better way.
const PATIENCE: usize = 200;

/// For every unknown the equation it is paired with; `None` where they cannot all be paired.
///
/// `terms` are the unknowns of each equation, `defines` the one it is naturally solved for. Natural pairs stand as long
/// as they are not needed otherwise; the others are found along augmenting paths.
pub(super) fn pairs(
    unknowns: usize,
    terms: &dyn Fn(usize) -> Vec<usize>,
    defines: &[Option<usize>],
) -> Option<Vec<usize>> {
    let equations = defines.len();
    let mut equation_of: Vec<Option<usize>> = vec![None; unknowns];
    let mut unknown_of: Vec<Option<usize>> = vec![None; equations];
    for (equation, unknown) in defines.iter().enumerate() {
        if let Some(unknown) = unknown
            && equation_of[*unknown].is_none()
        {
            equation_of[*unknown] = Some(equation);
            unknown_of[equation] = Some(*unknown);
        }
    }
    if equation_of.iter().all(Option::is_some) {
        return equation_of.into_iter().collect();
    }
    let mut holders: Vec<Vec<usize>> = vec![Vec::new(); unknowns];
    for equation in 0..equations {
        terms(equation).into_iter().for_each(|unknown| holders[unknown].push(equation));
    }
    let mut steps = PATIENCE * (unknowns + 1);
    // From each unknown without a pair towards an equation without one: whoever stands between moves on.
    let mut came_from: Vec<Option<(usize, usize)>> = vec![None; equations];
    for start in 0..unknowns {
        if equation_of[start].is_some() {
            continue;
        }
        let mut queue = VecDeque::from([start]);
        let mut end = None;
        while let Some(unknown) = queue.pop_front().filter(|_| end.is_none()) {
            for equation in &holders[unknown] {
                steps = steps.checked_sub(1)?;
                if came_from[*equation].is_some_and(|(of, _)| of == start) {
                    continue;
                }
                came_from[*equation] = Some((start, unknown));
                match unknown_of[*equation] {
                    None => {
                        end = Some(*equation);
                        break;
                    }
                    Some(other) => queue.push_back(other),
                }
            }
        }
        // The path is gone back: every unknown on it takes the equation it led to.
        let mut next = Some(end?);
        while let Some((equation, unknown)) =
            next.and_then(|equation| Some((equation, came_from[equation]?.1)))
        {
            next = equation_of[unknown].replace(equation);
            unknown_of[equation] = Some(unknown);
        }
    }
    equation_of.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(unknowns: usize, terms: &[&[usize]], defines: &[Option<usize>]) -> Option<Vec<usize>> {
        pairs(unknowns, &|equation| terms[equation].to_vec(), defines)
    }

    #[test]
    fn natural_pairs_stand_and_others_are_found() {
        let terms: [&[usize]; 3] = [&[0, 1], &[0], &[1, 2]];
        assert_eq!(of(3, &terms, &[Some(1), Some(0), None]), Some(vec![1, 0, 2]));
        // Equation 0 would take 0, which equation 1 needs: it moves on to 1.
        assert_eq!(of(2, &[&[0, 1], &[0]], &[Some(0), None]), Some(vec![1, 0]));
    }

    #[test]
    fn what_cannot_be_paired_is_said() {
        assert_eq!(of(2, &[&[0], &[0]], &[None, None]), None);
        assert_eq!(of(1, &[], &[]), None);
        assert_eq!(of(0, &[&[]], &[None]), Some(vec![]));
    }
}
