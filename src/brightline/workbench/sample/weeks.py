"""Two weeks of work, act by act in the order of time, each through the action a page would call.

A small simulation: cases come in, people come to their shift, take a case, answer, decide, and
after a while take the next. What it writes is what the actions write.
"""

from __future__ import annotations

import heapq
import itertools
import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from random import Random

from brightline.workbench import clock
from brightline.workbench.accounts.models import User
from brightline.workbench.cases.actions.answer import answer, undo
from brightline.workbench.cases.actions.claim import claim
from brightline.workbench.cases.actions.decide import decide
from brightline.workbench.cases.actions.leave import give_back, skip
from brightline.workbench.cases.actions.receive import VIETNAM, Incoming, receive
from brightline.workbench.cases.claiming import queues_in
from brightline.workbench.cases.models import Case, Decision, Task
from brightline.workbench.cases.working import Turn
from brightline.workbench.escalations.models import Escalation
from brightline.workbench.rulebooks.in_force import engine_of
from brightline.workbench.sample.answering import Truth, seconds_for, the_answer
from brightline.workbench.sample.appealing import appeal, hours_until, wants_to_appeal
from brightline.workbench.sample.handing_up import (
    ANSWERED_SHARE,
    SHARE,
    UNCLEAR_SHARE,
    answer_in_words,
    call_unclear,
    hand_up,
)
from brightline.workbench.sample.pictures import add_pictures
from brightline.workbench.sample.stock import SampleCase
from brightline.workbench.sample.team import MARKET, TEAM, Member

SKIPPED = ("Ảnh không mở được, cần người khác xem lại", "Tôi quen người bán này",
           "Chưa được tập huấn nhóm hàng này")  # fmt: skip
NOTED = ("Đã đối chiếu ảnh và mô tả.", "Chữ trên bao bì trùng với mô tả.",
         "Người bán chưa gửi giấy tờ.", "Cách viết né từ khóa, đọc cả câu mới thấy.")  # fmt: skip
PAUSE_MINUTES = 7.0
"""The usual time between two cases: these people also do other things."""
UNATTENDED = {"regulated": 27.0, "traffic": 20.0, "brands": 52.0, "authority": 20.0, "live": 0.8}
"""Queues that nobody has come to for the last hours: what waits there is due soon, or overdue."""
LAST = timedelta(minutes=6)

Act = Callable[[datetime], None]


class Weeks:
    """The two weeks. `play` yields after every act, so that the caller can commit and tell."""

    def __init__(
        self,
        people: Mapping[str, User],
        upto: datetime,
        random: Random,
    ) -> None:
        self.people, self.upto, self.random = people, upto, random
        self.counts: Counter[str] = Counter()
        self._goldens: dict[str, SampleCase] = {}
        self._truths: dict[str, Truth] = {}
        self._agenda: list[tuple[datetime, int, Act]] = []
        self._number = itertools.count()

    def play(self, cases: Iterator[SampleCase], moments: list[datetime]) -> Iterator[int]:
        """Do everything in order; yields how many cases came in so far."""
        for moment, case in zip(moments, cases, strict=True):
            self._plan(moment, self._arrival(case))
        for member in TEAM:
            if member.shift != (0, 0):
                self._plan(self._next_shift(member, moments[0]), self._next_case(member))
        while self._agenda:
            moment, _order, act = heapq.heappop(self._agenda)
            with clock.at(moment):
                act(moment)
            yield self.counts["cases"]

    def _plan(self, moment: datetime, act: Act) -> None:
        heapq.heappush(self._agenda, (moment, next(self._number), act))

    def _arrival(self, case: SampleCase) -> Act:
        def act(moment: datetime) -> None:
            coming = Incoming(
                ref=case.ref, subject=case.golden.subject, attributes=case.attributes,
                source=case.source, seller=case.seller, risk=case.risk, sample=True,
            )  # fmt: skip
            received = receive(MARKET, coming, None, moment)
            self._goldens[case.ref] = case
            self.counts["cases"] += 1
            self.counts["pictures"] += add_pictures(received.case, case.golden, self.random)
            if received.case.action:
                self._perhaps_appealed(received.case.decisions.get(), moment)

        return act

    def _next_shift(self, member: Member, after: datetime) -> datetime:
        """The member's next moment of work at or after one; on Sundays they rest."""
        local = after.astimezone(VIETNAM)
        start, end = member.shift
        begin = local.replace(hour=start, minute=self.random.randrange(15), second=0)
        if local.hour >= end or (local < begin and local.weekday() == 6) or local.weekday() == 6:
            begin += timedelta(days=2 if (local + timedelta(days=1)).weekday() == 6 else 1)
            return begin
        return max(begin, local)

    def _queues(self, moment: datetime) -> list[tuple[str, str]]:
        """The queues that people come to at a moment."""
        left = (self.upto - moment).total_seconds() / 3600
        return [(MARKET, q) for q in queues_in(MARKET) if left > UNATTENDED.get(q, 0.0)]

    def _next_case(self, member: Member) -> Act:
        person = self.people[member.login]

        def act(moment: datetime) -> None:
            if not self._goes_on(moment):
                return
            task = claim(person, self._queues(moment))
            if task is None:
                pause = timedelta(minutes=20 + 10 * self.random.random())
                self._plan(self._next_shift(member, moment + pause), self._next_case(member))
            elif self.random.random() < 0.012:
                self._plan(moment + timedelta(seconds=25), self._left(member, task))
            else:
                self._plan(moment + timedelta(seconds=4), self._question(member, task))

        return act

    def _question(self, member: Member, task: Task) -> Act:
        """One question is answered; the next, or the decision, is planned."""
        person = self.people[member.login]

        def act(moment: datetime) -> None:
            turn = Turn(task)
            column = turn.question
            if column is None:
                ready = turn.ruling.verdict.determined
                self._plan(
                    moment + timedelta(seconds=3 + 6 * self.random.random()),
                    self._confirm(member, task) if ready else self._left(member, task),
                )
                return
            if self.random.random() < SHARE and self._handed_up(member, task, moment):
                self._rest(member, moment)
                return
            if self.random.random() < UNCLEAR_SHARE:
                call_unclear(task, person, self.random)
                self.counts["called_unclear"] += 1
            took = seconds_for(column, member, self.random)
            value = the_answer(self._truth(task.case), turn, column, member, self.random)
            answer(task.pk, person, self._key(), column.name, value, took)
            self.counts["answers"] += 1
            if self.random.random() < 0.02:
                undo(task.pk, person, self._key())
            self._plan(moment + timedelta(seconds=took), self._question(member, task))

        return act

    def _confirm(self, member: Member, task: Task) -> Act:
        def act(moment: datetime) -> None:
            note = self.random.choice(NOTED) if self.random.random() < 0.05 else ""
            decision = decide(task.pk, self.people[member.login], note)
            self.counts["decisions"] += 1
            self._perhaps_appealed(decision, moment)
            self._rest(member, moment)

        return act

    def _left(self, member: Member, task: Task) -> Act:
        """The task is left: handed up where no question settles it, else skipped or given back."""

        def act(moment: datetime) -> None:
            person = self.people[member.login]
            stuck = Turn(task).question is None
            if stuck and self._handed_up(member, task, moment):
                pass
            elif stuck or self.random.random() < 0.7:
                skip(task.pk, person, self.random.choice(SKIPPED))
                self.counts["skipped"] += 1
            else:
                give_back(task.pk, person)
            self._rest(member, moment)

        return act

    def _handed_up(self, member: Member, task: Task, moment: datetime) -> bool:
        """Hand the case up, and plan the answer where there will be one in words."""
        question = hand_up(task, self.people[member.login], self.random)
        if question is None:
            return False
        self.counts["handed_up"] += 1
        if self.random.random() < ANSWERED_SHARE:
            self._plan(
                moment + timedelta(minutes=5 + 40 * self.random.random()), self._answered(question)
            )
        return True

    def _answered(self, question: Escalation) -> Act:
        def act(moment: datetime) -> None:
            came = (
                answer_in_words(question, self.people, self.random) if self._goes_on(moment) else ""
            )
            if came:
                self.counts[came] += 1

        return act

    def _perhaps_appealed(self, decision: Decision, moment: datetime) -> None:
        """Plan the appeal against a decision, where the seller will make one."""
        statement = wants_to_appeal(decision, self._truth(decision.case).action, self.random)
        if statement is None:
            return

        def act(then: datetime) -> None:
            if self._goes_on(then):
                self.counts["appeals"] += appeal(statement, self.random)

        self._plan(moment + timedelta(hours=hours_until(self.random)), act)

    def _goes_on(self, moment: datetime) -> bool:
        return moment <= self.upto - LAST

    def _rest(self, member: Member, moment: datetime) -> None:
        pause = timedelta(minutes=PAUSE_MINUTES * self.random.lognormvariate(0.0, 0.6))
        self._plan(self._next_shift(member, moment + pause), self._next_case(member))

    def _truth(self, case: Case) -> Truth:
        golden = self._goldens[case.ref].golden
        if golden.id not in self._truths:
            self._truths[golden.id] = Truth(engine_of(case.sha), golden, case.day)
        return self._truths[golden.id]

    def _key(self) -> uuid.UUID:
        return uuid.UUID(int=self.random.getrandbits(128), version=4)
