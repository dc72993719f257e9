//! Whether a response is valid (RFC 4918 section 14.24, and what servers make of it).
//!
//! To forgive one more fault, add a row to `Tolerance`, a line to [`Judge::response`] and a body to `tests/options.rs`.

use super::{Code, Leniency, Node, Problem, Role, Tree, flag, node};
use crate::{Repair, Tolerance};

/// Judges an item that is complete: whether its structure is valid.
#[derive(Debug)]
pub(crate) struct Judge<'j> {
    pub(crate) tree: Tree<'j, 'j>,
    pub(crate) leniency: Leniency<'j>,
    /// Takes the flags of propstats, each with the number of its node.
    pub(crate) flags: &'j mut Vec<(u32, u16)>,
}

/// The node at fault, and what is wrong with it.
type AtFault = (u32, Problem);

impl Judge<'_> {
    /// Judges the response `id`, which is complete.
    pub(crate) fn response(&mut self, id: u32) -> Result<(), AtFault> {
        let tree = self.tree;
        let is_implicit = node(tree.nodes, id).is_some_and(|n| n.has(flag::IMPLICIT));
        let own = self.status(id)?;
        let (mut hrefs, mut propstats, mut statuses) = (0, 0, 0);
        for (child, n) in tree.children(id) {
            check_node(n, child)?;
            match n.role {
                Role::Href => {
                    hrefs += 1;
                    if hrefs > 1 && propstats > 0 {
                        return Err((child, Problem::SecondHref));
                    }
                    if tree.is_blank(child) {
                        self.leniency.forgive(Tolerance::HrefEmpty, child)?;
                    }
                }
                Role::Status => statuses += u32::from(!tree.is_blank(child)),
                Role::Propstat => {
                    propstats += 1;
                    let flags = self.propstat(child, own)?;
                    self.flags.push((child, flags));
                }
                // The repair reads a prop outside a propstat as a propstat without status.
                Role::Prop => {
                    propstats += 1;
                    self.leniency.notes.repair(Repair::PropOutsidePropstat);
                    self.flags.push((child, flag_of(own)));
                }
                Role::Location => {
                    for (id, href) in tree.children(child) {
                        check_node(href, id)?;
                    }
                }
                _ => {}
            }
        }
        if is_implicit {
            if statuses > 1 || (hrefs == 0 && propstats == 0) {
                return Err((id + 1, Problem::StrayStatus));
            }
            self.leniency.forgive(Tolerance::ImplicitResponse, id + 1)?;
        } else if hrefs == 0 {
            return Err((id, Problem::MissingHref));
        }
        if propstats > 0 && hrefs > 1 {
            self.leniency.forgive(Tolerance::HrefsBesidePropstat, id)?;
        }
        if propstats > 0 && statuses > 0 {
            self.leniency.forgive(Tolerance::StatusBesidePropstat, id)?;
        }
        if propstats == 0 && statuses == 0 {
            self.leniency.forgive(Tolerance::HrefOnly, id)?;
        }
        Ok(())
    }

    /// Judges the propstats in a root other than multistatus, which is complete and is node 0.
    pub(crate) fn root(&mut self) -> Result<(), AtFault> {
        for (id, n) in self.tree.children(0) {
            check_node(n, id)?;
            if n.role == Role::Propstat {
                self.propstat(id, Code::None)?;
            }
        }
        Ok(())
    }

    /// Judges a propstat of a response whose own status is `own`. Returns the flags of the propstat.
    fn propstat(&mut self, id: u32, own: Code) -> Result<u16, AtFault> {
        let (mut props, mut qualified, mut unqualified) = (0, false, None);
        for (child, n) in self.tree.children(id) {
            check_node(n, child)?;
            props += u32::from(n.role == Role::Prop);
            match n.role {
                Role::Status if n.has(flag::UNQUALIFIED) => unqualified = unqualified.or(Some(child)),
                Role::Status => qualified = true,
                _ => {}
            }
        }
        if let Some(status) = unqualified {
            if qualified {
                return Err((status, Problem::ForeignName));
            }
            self.leniency.forgive(Tolerance::StatusWithoutNamespace, status)?;
        }
        match props {
            0 => self.leniency.forgive(Tolerance::PropstatWithoutProp, id)?,
            1 => {}
            _ => self.leniency.forgive(Tolerance::PropRepeated, id)?,
        }
        let mut judged = self.status(id)?;
        if judged == Code::None {
            self.leniency.forgive(Tolerance::PropstatWithoutStatus, id)?;
            judged = own;
        }
        Ok(flag_of(judged))
    }

    fn status(&mut self, parent: u32) -> Result<Code, AtFault> {
        let forgive = |id, notes| self.leniency.forgive(notes, id);
        self.tree.judge_status(parent, forgive).map(|(judged, _)| judged)
    }
}

/// Returns the flag of a propstat. `judged` is the code of its status or, without one, that of its response.
fn flag_of(judged: Code) -> u16 {
    match judged {
        Code::None => flag::UNSAID,
        judged if judged.is_success() => flag::VALUES,
        _ => 0,
    }
}

/// Checks a node of the structure, but not its children.
fn check_node(n: &Node, id: u32) -> Result<(), AtFault> {
    if n.has(flag::FOREIGN) {
        return Err((id, Problem::ForeignName));
    }
    if n.has(flag::MISPLACED) {
        return Err((id, Problem::Misplaced));
    }
    match n.role {
        Role::Href if n.has(flag::FORBIDDEN) => Err((id, Problem::ForbiddenInHref)),
        Role::Status if n.has(flag::FORBIDDEN) => Err((id, Problem::ForbiddenInStatus)),
        _ => Ok(()),
    }
}
