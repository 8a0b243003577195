//! Projects that need others: the one is not on stream before the other.

use crate::id::{Id, ProjectId};
use crate::model::{Model, RelationKind};

/// Who needs whom, in an order in which what is needed stands before what needs it.
#[derive(Clone, Debug)]
pub(super) struct Needs {
    /// By project, what it needs.
    pub(super) of: Vec<Vec<ProjectId>>,
    /// Projects in order; those in a circle (an error of the tables) are left out.
    pub(super) order: Vec<ProjectId>,
}

impl Needs {
    /// Reads the relations. Complexity O(projects + relations).
    pub(super) fn read(model: &Model) -> Self {
        let mut of = vec![Vec::new(); model.projects.len()];
        let mut needed_by: Vec<Vec<ProjectId>> = vec![Vec::new(); model.projects.len()];
        for relation in model.relations.iter().filter(|r| r.kind == RelationKind::Needs) {
            of[relation.project.index()].extend(&relation.others);
            for other in &relation.others {
                needed_by[other.index()].push(relation.project);
            }
        }
        let mut waiting_for: Vec<usize> = of.iter().map(Vec::len).collect();
        let mut order: Vec<ProjectId> =
            model.projects.ids().filter(|p| waiting_for[p.index()] == 0).collect();
        let mut next = 0;
        while let Some(&project) = order.get(next) {
            next += 1;
            for &later in &needed_by[project.index()] {
                waiting_for[later.index()] -= 1;
                if waiting_for[later.index()] == 0 {
                    order.push(later);
                }
            }
        }
        Self { of, order }
    }

    /// The projects that stand in a circle of needs, or need one that does, in the model's order.
    pub(super) fn circular(&self) -> Vec<ProjectId> {
        let mut placed = vec![false; self.of.len()];
        for project in &self.order {
            placed[project.index()] = true;
        }
        (0..self.of.len()).filter(|&p| !placed[p]).map(ProjectId::from_index).collect()
    }
}
