"""The page in the place of Today where the database is damaged."""

from PySide6.QtCore import Qt

from studyapp.ui.rescue.view_model import RescueState, RescueViewModel
from studyapp.ui.theme import Theme
from studyapp.ui.widgets.layout import ScrollPage, button, label, row, sheet, shortcut

KEYS = (("Enter", "Go back to the newest good backup, or start with an empty history"),)


class RescuePage(ScrollPage):
    """What happened, what is safe, and what can be done: nothing of it deletes anything."""

    def __init__(self, view_model: RescueViewModel, theme: Theme) -> None:
        super().__init__("Your study history is damaged", theme, width=760)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._problem = label("", "soft", wrap=True)
        self.groups.addWidget(self._problem)
        self.groups.addWidget(
            label(
                "A failing disk or a copy that was cut short can do that. Nothing is deleted: whatever you choose, the "
                "damaged file stays in the data folder, under another name.",
                "soft",
                wrap=True,
            )
        )
        frame, offer = sheet(24)
        offer.setSpacing(12)
        self._headline = label("", "section", wrap=True)
        self._detail = label("", "soft", wrap=True)
        self._failed = label("", "wrong", wrap=True)
        self._take = button("", view_model.take_backup, "primary")
        self._anew = button("Start with an empty history", view_model.start_anew)
        offer.addWidget(self._headline)
        offer.addWidget(self._detail)
        offer.addLayout(row(self._take, None))
        offer.addWidget(self._failed)
        self.groups.addWidget(frame)
        unsaved = button("Go on without saving", view_model.unsaved_wanted.emit, "quiet")
        self.groups.addLayout(row(self._anew, unsaved, None))
        self.groups.addStretch(1)
        for keys in ("Return", "Enter"):
            shortcut(self, keys, view_model.take_backup)
        view_model.changed.connect(self.render_state)
        self.render_state(view_model.state)

    def render_state(self, state: RescueState) -> None:
        """Show a state; showing it twice changes nothing."""
        self._problem.setText(state.problem)
        if state.looking:
            self._headline.setText("Looking for the newest good backup…")
            self._detail.setText("Each is checked from end to end.")
        elif state.backup:
            self._headline.setText(f"The newest good backup: {state.backup}")
            self._detail.setText(f"It holds {state.holds}. What you did after that is not in it.")
            self._take.setText("Go back to this backup  ⏎")
            self._take.setAccessibleName("Go back to this backup")
        else:
            self._headline.setText("There is no good backup")
            self._detail.setText("You can start with an empty history. The decks are not touched.")
            self._take.setText("Start with an empty history  ⏎")
            self._take.setAccessibleName("Start with an empty history")
        self._take.setVisible(not state.looking)
        self._anew.setVisible(bool(state.backup))
        self._failed.setText(state.failed)
        self._failed.setVisible(bool(state.failed))
