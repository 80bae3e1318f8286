"""Going through cases under a release: looking, acting, telling."""
