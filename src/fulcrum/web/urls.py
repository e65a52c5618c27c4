"""Every page of the desk, by family; each route declares who may read and who may write by it."""

from django.urls import include, path

from fulcrum.web.views import (
    about,
    alignment,
    asks,
    briefs,
    due,
    evidence,
    executives,
    home,
    jobs,
    levers,
    library,
    notices,
    own_words,
    pilots,
    pulse,
    record,
    settings,
    stories,
    week,
)

urlpatterns = [
    path("", include(home.urlpatterns)),
    path("", include(briefs.shared_urlpatterns)),
    path("", include(pulse.urlpatterns)),
    path("", include(notices.open_urlpatterns)),
    path("w/<slug:slug>/", include(week.urlpatterns)),
    path("w/<slug:slug>/due/", include(due.urlpatterns)),
    path("w/<slug:slug>/executives/", include(executives.urlpatterns)),
    path("w/<slug:slug>/executives/", include(record.urlpatterns)),
    path("w/<slug:slug>/executives/", include(asks.urlpatterns)),
    path("w/<slug:slug>/executives/", include(about.urlpatterns)),
    path("w/<slug:slug>/executives/", include(own_words.urlpatterns)),
    path("w/<slug:slug>/alignment/", include(alignment.urlpatterns)),
    path("w/<slug:slug>/levers/", include(levers.urlpatterns)),
    path("w/<slug:slug>/evidence/", include(evidence.urlpatterns)),
    path("w/<slug:slug>/pilots/", include(pilots.urlpatterns)),
    path("w/<slug:slug>/stories/", include(stories.urlpatterns)),
    path("w/<slug:slug>/briefs/", include(briefs.urlpatterns)),
    path("w/<slug:slug>/library/", include(library.urlpatterns)),
    path("w/<slug:slug>/jobs/", include(jobs.urlpatterns)),
    path("w/<slug:slug>/settings/", include(settings.urlpatterns)),
]
