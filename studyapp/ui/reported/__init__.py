"""Items that the learner reported to their authors."""
