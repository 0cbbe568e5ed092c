"""Where everything is. The library's handlers are views: put your own login around them."""

from django.urls import path
from django.views.generic import RedirectView

from shop import views
from shop.square import WEBHOOK, handlers

urlpatterns = [
    path("", RedirectView.as_view(url="/status")),
    path("connect", handlers.connect),
    path("callback", handlers.callback),
    path(WEBHOOK[1:], handlers.webhook),
    path("status", views.status),
    path("refresh", views.refresh),
    path("disconnect", views.disconnect),
]
