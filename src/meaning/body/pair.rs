//! Two observers of one body.

use super::advice::Advice;
use super::observer::{Observer, Report, Ticket, sealed, settled};
use super::shown::{End, Shown, Unread};

/// Both observers see the same body. For each response, the pair gives what each observer gives.
impl<A: Observer, B: Observer> Observer for (A, B) {
    type Seen<'a> = (Vec<A::Seen<'a>>, Vec<B::Seen<'a>>);
    type End = (A::End, B::End);

    fn see<'a>(&mut self, Shown(response): Shown<'_, 'a>, seen: &mut Vec<Self::Seen<'a>>) {
        let (mut first, mut second) = (Vec::new(), Vec::new());
        self.0.see(Shown(response), &mut first);
        self.1.see(Shown(response), &mut second);
        seen.push((first, second));
    }

    fn unread(&self, unread: &Unread<'_>) -> Option<Advice> {
        self.0.unread(unread).or_else(|| self.1.unread(unread))
    }

    fn end(self, end: End<'_>) -> Self::End {
        (self.0.end(end), self.1.end(end))
    }

    fn ticket(&self) -> Ticket {
        Ticket(self.0.ticket().0, self.1.ticket().0)
    }

    fn own((first, second): Self::Seen<'_>) -> Self::Seen<'static> {
        (first.into_iter().map(A::own).collect(), second.into_iter().map(B::own).collect())
    }
}

impl<A: Observer, B: Observer> sealed::Sealed for (A, B) {}

impl<'a, A: Observer, B: Observer> Report<'a, (A, B)> {
    /// Splits the report into the two reports of the observers.
    pub fn split(self) -> (Report<'a, A>, Report<'a, B>) {
        let (mut first, mut second) = (Vec::new(), Vec::new());
        for (of_first, of_second) in self.seen {
            first.extend(of_first);
            second.extend(of_second);
        }
        let Ticket(one, other) = self.ticket;
        let first = Report { count: 0, seen: first, end: self.end.0, ticket: Ticket(one, 0) };
        let second = Report { count: 0, seen: second, end: self.end.1, ticket: Ticket(other, 0) };
        (settled(first), settled(second))
    }
}
