"""Who may do what at which address: the one table that the walk of every URL (test_every_url.py) holds the site to.

A row for each method that an address offers; a method without a row must be refused to everybody.

page   shown, nothing changed             login  sent to sign in          bad      what was sent cannot be read
done   done, and the database changed     no     403: not allowed         refused  422: not now, and why
moved  sent elsewhere, nothing changed    none   404: nothing there       gone     410: the link was used
"""

from tests.url_expectations_admin import admin_rows

# fmt: off
TABLE = """
                                            anonymous  viewer     marketing  owner      other      manager    admin
# The site
healthz                               GET   page       page       page       page       page       page       page
readyz                                GET   page       page       page       page       page       page       page
home                                  GET   login      moved      moved      moved      moved      moved      moved
home                                  POST  login      moved      moved      moved      moved      moved      moved
ui                                    GET   login      no         no         no         no         no         page
ui                                    POST  login      no         no         no         no         no         page
today:today                           GET   login      page       page       page       page       page       page
today:card                            GET   login      none       none       page       page       page       page
today:stats                           GET   login      page       page       page       page       page       page
today:counts                          GET   login      page       page       page       page       page       page
search:search                         GET   login      page       page       page       page       page       page
# One's own sign-in (nobody in the cast has a second factor or a passkey)
account_login                         GET   page       moved      moved      moved      moved      moved      moved
account_login                         POST  page       moved      moved      moved      moved      moved      moved
account_logout                        GET   login      page       page       page       page       page       page
account_logout                        POST  login      login      login      login      login      login      login
account_inactive                      GET   page       page       page       page       page       page       page
account_reauthenticate                GET   login      page       page       page       page       page       page
account_reauthenticate                POST  login      page       page       page       page       page       page
account_change_password               GET   login      page       page       page       page       page       page
account_change_password               POST  login      page       page       page       page       page       page
account_set_password                  GET   login      moved      moved      moved      moved      moved      moved
account_set_password                  POST  login      moved      moved      moved      moved      moved      moved
account_reset_password                GET   page       page       page       page       page       page       page
account_reset_password                POST  page       page       page       page       page       page       page
account_reset_password_done           GET   page       page       page       page       page       page       page
account_reset_password_from_key_done  GET   page       page       page       page       page       page       page
account_reset_password_from_key       GET   page       page       page       page       page       page       page
account_reset_password_from_key       POST  page       page       page       page       page       page       page
mfa_index                             GET   login      page       page       page       page       page       page
mfa_authenticate                      GET   login      moved      moved      moved      moved      moved      moved
mfa_authenticate                      POST  login      moved      moved      moved      moved      moved      moved
mfa_reauthenticate                    GET   login      moved      moved      moved      moved      moved      moved
mfa_reauthenticate                    POST  login      moved      moved      moved      moved      moved      moved
mfa_activate_totp                     GET   login      moved      moved      moved      moved      moved      moved
mfa_activate_totp                     POST  login      moved      moved      moved      moved      moved      moved
mfa_deactivate_totp                   GET   login      none       none       none       none       none       none
mfa_deactivate_totp                   POST  login      none       none       none       none       none       none
mfa_view_recovery_codes               GET   login      none       none       none       none       none       none
mfa_generate_recovery_codes           GET   login      moved      moved      moved      moved      moved      moved
mfa_generate_recovery_codes           POST  login      moved      moved      moved      moved      moved      moved
mfa_download_recovery_codes           GET   login      none       none       none       none       none       none
mfa_download_recovery_codes           POST  login      none       none       none       none       none       none
mfa_list_webauthn                     GET   login      moved      moved      moved      moved      moved      moved
mfa_list_webauthn                     POST  login      moved      moved      moved      moved      moved      moved
mfa_add_webauthn                      GET   login      moved      moved      moved      moved      moved      moved
mfa_add_webauthn                      POST  login      moved      moved      moved      moved      moved      moved
mfa_login_webauthn                    GET   login      moved      moved      moved      moved      moved      moved
mfa_login_webauthn                    POST  login      moved      moved      moved      moved      moved      moved
mfa_reauthenticate_webauthn           GET   login      moved      moved      moved      moved      moved      moved
mfa_reauthenticate_webauthn           POST  login      moved      moved      moved      moved      moved      moved
mfa_edit_webauthn                     GET   login      moved      moved      moved      moved      moved      moved
mfa_edit_webauthn                     POST  login      moved      moved      moved      moved      moved      moved
mfa_remove_webauthn                   GET   login      moved      moved      moved      moved      moved      moved
mfa_remove_webauthn                   POST  login      moved      moved      moved      moved      moved      moved
usersessions_list                     GET   login      page       page       page       page       page       page
usersessions_list                     POST  login      moved      moved      moved      moved      moved      moved
admin:index                           GET   login      no         no         no         no         no         page
admin:index                           POST  login      no         no         no         no         no         page
admin:login                           GET   login      no         no         no         no         no         moved
admin:login                           POST  login      no         no         no         no         no         page
admin:jsi18n                          GET   login      no         no         no         no         no         page
admin:app_list                        GET   login      no         no         no         no         no         page
admin:app_list                        POST  login      no         no         no         no         no         page
# People, agency, flags
accounts:people                       GET   login      no         no         no         no         no         page
accounts:invite                       GET   login      no         no         no         no         no         page
accounts:invite                       POST  login      no         no         no         no         no         done
accounts:renew-invitation             POST  login      no         no         no         no         no         done
accounts:withdraw-invitation          POST  login      no         no         no         no         no         done
accounts:person                       GET   login      no         no         no         no         no         page
accounts:person                       POST  login      no         no         no         no         no         done
accounts:deactivate                   POST  login      no         no         no         no         no         done
accounts:reactivate                   POST  login      no         no         no         no         no         done
accounts:end-sessions                 POST  login      no         no         no         no         no         done
accounts:reset-second-factor          POST  login      no         no         no         no         no         done
accounts:agency                       GET   login      no         no         no         no         no         page
accounts:agency                       POST  login      no         no         no         no         no         done
accounts:teams                        GET   login      no         no         no         no         no         page
accounts:add-team                     POST  login      no         no         no         no         no         done
accounts:rename-team                  POST  login      no         no         no         no         no         done
accounts:remove-team                  POST  login      no         no         no         no         no         done
accounts:profile                      GET   login      page       page       page       page       page       page
accounts:profile                      POST  login      done       done       done       done       done       done
accounts:flags                        GET   login      no         no         no         no         no         page
accounts:flag                         GET   login      no         no         no         no         no         page
accounts:flag                         POST  login      no         no         no         no         no         done
accounts:new-view                     GET   login      page       page       page       page       page       page
accounts:new-view                     POST  login      done       done       done       done       done       done
accounts:edit-view                    GET   login      none       none       page       none       page       none
accounts:edit-view                    POST  login      none       none       done       none       done       none
accounts:save-view                    POST  login      none       none       done       none       done       none
accounts:pin-view                     POST  login      none       none       done       none       done       none
accounts:remove-view                  POST  login      none       none       done       none       done       none
accounts:restore-view                 POST  login      none       none       done       none       none       none
accounts:accept-invitation            GET   page       page       page       page       page       page       page
accounts:accept-invitation            POST  done       done       done       done       done       done       done
# Listings: `owner` is the agent of the listing asked for
listings:list                         GET   login      page       page       page       page       page       page
listings:counts                       GET   login      page       page       page       page       page       page
listings:filters                      GET   login      page       page       page       page       page       page
listings:filter_places                GET   login      page       page       page       page       page       page
listings:map_points                   GET   login      page       page       page       page       page       page
listings:export                       GET   login      no         no         no         no         done       done
listings:bulk                         GET   login      page       page       page       page       page       page
listings:bulk                         POST  login      page       page       done       page       done       done
listings:new                          GET   login      no         no         page       page       page       page
listings:new                          POST  login      no         no         done       done       done       done
listings:twins                        GET   login      no         no         page       page       page       page
listings:places                       GET   login      page       page       page       page       page       page
listings:photos                       GET   login      page       page       page       page       page       page
listings:photos_add                   POST  login      no         done       done       no         done       done
listings:photos_order                 POST  login      no         done       done       no         done       done
listings:photo_move                   POST  login      no         done       done       no         done       done
listings:photo_first                  POST  login      no         done       done       no         done       done
listings:photo_describe               POST  login      no         done       done       no         done       done
listings:photo_remove                 POST  login      no         done       done       no         done       done
listings:photo_restore                POST  login      no         done       done       no         done       done
listings:photo_file                   GET   login      page       page       page       page       page       page
listings:detail                       GET   login      page       page       page       page       page       page
listings:status                       GET   login      page       page       page       page       page       page
listings:status                       POST  login      no         no         done       no         done       done
listings:price                        GET   login      page       page       page       page       page       page
listings:price                        POST  login      no         no         done       no         done       done
listings:pager                        GET   login      page       page       page       page       page       page
listings:activity                     GET   login      page       page       page       page       page       page
listings:prices                       GET   login      page       page       page       page       page       page
listings:edit                         GET   login      no         page       page       no         page       page
listings:edit                         POST  login      no         done       done       no         done       done
listings:edit_price                   GET   login      no         no         page       no         page       page
listings:edit_price                   POST  login      no         no         done       no         done       done
listings:edit_status                  GET   login      no         no         page       no         page       page
listings:edit_status                  POST  login      no         no         done       no         done       done
listings:edit_agent                   GET   login      no         no         no         no         page       page
listings:edit_agent                   POST  login      no         no         no         no         done       done
listings:edit_consent                 POST  login      no         no         done       no         done       done
listings:again                        GET   login      no         no         page       page       page       page
listings:again                        POST  login      no         no         done       done       done       done
listings:new_mandate                  GET   login      no         no         page       no         page       page
listings:new_mandate                  POST  login      no         no         done       no         done       done
listings:new_permit                   GET   login      no         no         page       no         page       page
listings:new_permit                   POST  login      no         no         done       no         done       done
listings:add_note                     POST  login      no         done       done       done       done       done
# Customers: `owner` is the agent of the customer asked for; agents see their own alone
customers:list                        GET   login      no         no         page       page       page       page
customers:counts                      GET   login      no         no         page       page       page       page
customers:filters                     GET   login      no         no         page       page       page       page
customers:export                      GET   login      no         no         no         no         done       done
customers:bulk                        GET   login      no         no         no         no         page       page
customers:bulk                        POST  login      no         no         no         no         done       done
customers:matches                     GET   login      no         no         page       page       page       page
customers:pager                       GET   login      none       none       page       none       page       page
customers:new                         GET   login      no         no         page       page       page       page
customers:new                         POST  login      no         no         done       done       done       done
customers:detail                      GET   login      none       none       page       none       page       page
customers:viewings                    GET   login      none       none       page       none       page       page
customers:timeline                    GET   login      none       none       page       none       page       page
customers:edit                        GET   login      none       none       page       none       page       page
customers:edit                        POST  login      none       none       done       none       done       done
customers:stage                       POST  login      none       none       done       none       done       done
customers:assign                      GET   login      none       none       no         none       page       page
customers:assign                      POST  login      none       none       no         none       done       done
customers:take                        POST  login      none       none       done       done       done       done
customers:add_note                    POST  login      none       none       done       none       done       done
customers:add_task                    GET   login      none       none       page       none       page       page
customers:add_task                    POST  login      none       none       done       none       done       done
customers:already-here                GET   login      no         no         page       page       page       page
customers:duplicates                  GET   login      no         no         page       page       page       page
customers:look-alikes                 GET   login      none       none       page       none       page       page
customers:compare                     GET   login      none       none       page       none       page       page
customers:compare                     POST  login      none       none       done       none       done       done
customers:tell_apart                  POST  login      none       none       done       none       done       done
customers:undo_merge                  POST  login      none       none       done       none       done       done
customers:data_file                   GET   login      none       none       no         none       page       page
customers:data_file_download          GET   login      none       none       no         none       done       done
customers:erase                       GET   login      none       none       no         none       no         page
customers:erase                       POST  login      none       none       no         none       no         done
customers:erasures                    GET   login      no         no         no         no         no         page
customers:erasure                     GET   login      no         no         no         no         no         page
# Tasks of the owner's customer
tasks:list                            GET   login      no         no         page       page       page       page
tasks:new                             GET   login      no         no         page       page       page       page
tasks:new                             POST  login      no         no         done       done       done       done
tasks:edit                            GET   login      none       none       page       none       page       page
tasks:edit                            POST  login      none       none       done       none       done       done
tasks:done                            POST  login      none       none       done       none       done       done
tasks:reopen                          POST  login      none       none       done       none       done       done
# Matching: `owner` is the agent of the customer whose search it is
matching:places                       GET   login      page       page       page       page       page       page
matching:looking-for                  GET   login      none       none       page       none       page       page
matching:matches                      GET   login      none       none       page       none       page       page
matching:new                          GET   login      none       none       page       none       page       page
matching:new                          POST  login      none       none       done       none       done       done
matching:like                         GET   login      none       none       page       none       page       page
matching:like                         POST  login      none       none       moved      none       moved      moved
matching:edit                         GET   login      none       none       page       none       page       page
matching:edit                         POST  login      none       none       done       none       done       done
matching:accept                       POST  login      none       none       done       none       done       done
matching:send                         GET   login      none       none       page       none       page       page
matching:send                         POST  login      none       none       done       none       done       done
matching:dismiss                      GET   login      none       none       page       none       page       page
matching:dismiss                      POST  login      none       none       done       none       done       done
matching:take_back                    POST  login      none       none       done       none       done       done
matching:interested                   GET   login      no         no         page       page       page       page
matching:tell                         GET   login      no         no         page       page       page       page
matching:tell                         POST  login      no         no         done       moved      done       done
matching:best-buyers                  GET   login      no         no         page       page       page       page
# Phone calls
calls:call                            GET   login      no         no         page       page       page       page
calls:call                            POST  login      no         no         done       done       done       done
calls:who                             POST  login      no         no         page       page       page       page
calls:wants                           POST  login      no         no         page       page       page       page
calls:matches                         POST  login      no         no         page       page       page       page
calls:draft                           POST  login      no         no         done       done       done       done
calls:discard                         POST  login      no         no         done       done       done       done
# Viewings of a listing and a customer of the agent "owner"; whoever knows the secret address reads the calendar
viewings:calendar                     GET   login      no         no         page       page       page       page
viewings:book                         GET   login      no         no         page       page       page       page
viewings:book                         POST  login      no         no         done       refused    done       done
viewings:slots                        GET   login      no         no         page       page       page       page
viewings:suggest                      GET   login      no         no         page       page       page       page
viewings:tour                         GET   login      no         no         page       page       page       page
viewings:tour                         POST  login      no         no         refused    refused    refused    refused
viewings:outstanding                  GET   login      no         no         page       page       page       page
viewings:told                         POST  login      none       none       done       no         done       done
viewings:told-undo                    POST  login      none       none       done       no         done       done
viewings:take-suggestion              POST  login      none       none       done       no         done       done
viewings:detail                       GET   login      none       none       page       page       page       page
viewings:move                         GET   login      none       none       page       no         page       page
viewings:move                         POST  login      none       none       done       no         done       done
viewings:confirm                      POST  login      none       none       done       no         done       done
viewings:call-off                     GET   login      none       none       page       no         page       page
viewings:call-off                     POST  login      none       none       done       no         done       done
viewings:done                         POST  login      none       none       done       no         done       done
viewings:feedback                     GET   login      none       none       page       no         page       page
viewings:feedback                     POST  login      none       none       done       no         done       done
viewings:mail-again                   POST  login      none       none       done       no         done       done
viewings:of-listing                   GET   login      no         no         page       page       page       page
viewings:of-customer                  GET   login      none       none       page       none       page       page
viewings:report                       GET   login      no         no         page       page       page       page
viewings:report-pdf                   GET   login      no         no         page       page       page       page
viewings:feed                         GET   login      no         no         page       page       page       page
viewings:feed                         POST  login      no         no         done       done       done       done
viewings:calendar-feed                GET   page       page       page       page       page       page       page
# Websites: who publishes sees their state, administrators manage them
website:sites                         GET   login      no         page       page       page       page       page
website:site                          GET   login      no         page       page       page       page       page
website:numbers                       GET   login      no         page       page       page       page       page
website:panel                         GET   login      no         page       page       page       page       page
website:act                           POST  login      no         done       done       no         done       done
website:differences                   GET   login      no         page       page       page       page       page
website:differences                   POST  login      no         done       done       no         done       done
website:adopt                         GET   login      no         no         no         no         page       page
website:adopt                         POST  login      no         no         no         no         done       done
website:adopt-progress                GET   login      no         no         no         no         done       done
website:adopt-photos                  GET   login      no         no         no         no         done       done
website:adopt-photos                  POST  login      no         no         no         no         done       done
website:adopt-listings                GET   login      no         no         no         no         page       page
website:found                         GET   login      no         no         no         no         page       page
website:found                         POST  login      no         no         no         no         done       done
website:trouble                       GET   login      no         page       page       page       page       page
website:reconcile                     POST  login      no         done       no         no         done       done
website:retry-all                     POST  login      no         done       no         no         done       done
website:retry                         POST  login      no         done       no         no         done       done
website:test                          POST  login      no         page       page       page       page       page
website:new                           GET   login      no         no         no         no         no         page
website:new                           POST  login      no         no         no         no         no         done
website:edit                          GET   login      no         no         no         no         no         page
website:edit                          POST  login      no         no         no         no         no         done
website:key                           GET   login      no         no         no         no         no         page
website:key                           POST  login      no         no         no         no         no         done
website:profiles                      GET   login      no         no         no         no         no         page
website:new-profile                   GET   login      no         no         no         no         no         page
website:new-profile                   POST  login      no         no         no         no         no         done
website:profile                       GET   login      no         no         no         no         no         page
website:profile                       POST  login      no         no         no         no         no         done
# Enquiries: one of the customer of "owner", one from several people. Sites sign what they send: nobody here does
enquiries:intake                      POST  login      login      login      login      login      login      login
enquiries:list                        GET   login      no         no         page       page       page       page
enquiries:counts                      GET   login      no         no         page       page       page       page
enquiries:filters                     GET   login      no         no         page       page       page       page
enquiries:export                      GET   login      no         no         no         no         done       done
enquiries:unasked                     GET   login      page       page       page       page       page       page
enquiries:detail                      GET   login      none       none       page       none       page       page
enquiries:answered                    POST  login      none       none       done       none       done       done
enquiries:choose                      POST  login      none       none       done       none       done       done
enquiries:reply                       GET   login      none       none       page       none       page       page
enquiries:reply                       POST  login      none       none       done       none       done       done
enquiries:set-aside                   POST  login      none       none       done       none       done       done
enquiries:put-back                    POST  login      none       none       moved      none       moved      moved
# Imports: managers look, administrators import
imports:list                          GET   login      no         no         no         no         page       page
imports:new                           GET   login      no         no         no         no         no         page
imports:new                           POST  login      no         no         no         no         no         done
imports:run                           GET   login      no         no         no         no         page       page
imports:progress                      GET   login      no         no         no         no         done       done
imports:match                         GET   login      no         no         no         no         page       page
imports:match                         POST  login      no         no         no         no         no         done
imports:fix                           POST  login      no         no         no         no         no         done
imports:fix_similar                   POST  login      no         no         no         no         no         done
imports:apply                         POST  login      no         no         no         no         no         done
imports:undo                          POST  login      no         no         no         no         no         done
imports:problems                      GET   login      no         no         no         no         page       page
# Counting
insights:beacon                       POST  login      done       done       done       done       done       done
"""
# fmt: on

ACTORS = ("anonymous", "viewer", "marketing", "owner", "other", "manager", "administrator")


def rows() -> dict[str, dict[str, tuple[str, ...]]]:
    """By name of the address and method, what comes of it for each actor."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for line in TABLE.splitlines():
        name, *cells = line.split() or [""]
        if len(cells) == len(ACTORS) + 1:
            found.setdefault(name, {})[cells[0]] = tuple(cells[1:])
    return found | admin_rows(len(ACTORS))


EXPECTED = rows()
