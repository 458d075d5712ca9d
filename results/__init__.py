"""What was reported about whom; knows nothing of users, pages or reasons to look."""
