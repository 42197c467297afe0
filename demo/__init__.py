"""The main job, shown: a contract becomes a venue and two SDKs, and they trade with each other."""
