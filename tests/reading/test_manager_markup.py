"""Markup as common consent managers write it, with words of our own: names, kinds, states and buttons."""

from __future__ import annotations

import pytest

from consentcheck.model.evidence import Document
from consentcheck.model.facts import Category
from consentcheck.reading.dialogs import read_document

CASES: dict[str, tuple[str, list[tuple[str, str, str]], dict[str, str]]] = {
    "onetrust": (
        """<div id="onetrust-consent-sdk"><div id="onetrust-banner-sdk" role="dialog" aria-label="Privacy"><div
        id="onetrust-policy">
        <div id="onetrust-policy-text">We use cookies to run this site and for advertising. <a href="/c">Cookie
        Policy</a></div></div>
        <div id="onetrust-button-group"><button id="onetrust-pc-btn-handler">Cookie Settings</button>
        <button id="onetrust-reject-all-handler">Reject All</button><button id="onetrust-accept-btn-handler">Accept
        All Cookies</button></div>
        <button class="onetrust-close-btn-handler banner-close-button" aria-label="Close"></button></div>
        <div id="onetrust-pc-sdk" class="otPcCenter ot-hide" role="dialog" aria-labelledby="ot-pc-title"><div
        role="alertdialog">
        <div id="ot-pc-content"><h2 id="ot-pc-title">Privacy Preference Center</h2><div id="ot-pc-desc">A site may
        store something in
        your browser.</div><button id="accept-recommended-btn-handler">Allow All</button>
        <section class="ot-sdk-row ot-cat-grp"><h3 id="ot-category-title">Manage Consent Preferences</h3>
        <div class="ot-accordion-layout ot-cat-item" data-optanongroupid="C0001"><button aria-expanded="false"
          ot-accordion="true" aria-labelledby="ot-header-id-C0001 ot-status-id-C0001"></button><div class="ot-acc-hdr">
        <h4 class="ot-cat-header" id="ot-header-id-C0001">Strictly Necessary Cookies</h4>
        <div id="ot-status-id-C0001" class="ot-always-active">Always Active</div></div>
        <div class="ot-acc-grpcntr"><p class="ot-acc-grpdesc ot-category-desc">They keep the site going.</p></div></div>
        <div class="ot-accordion-layout ot-cat-item" data-optanongroupid="C0002"><button aria-expanded="false"
          ot-accordion="true" aria-labelledby="ot-header-id-C0002"></button><div class="ot-acc-hdr">
        <h4 class="ot-cat-header" id="ot-header-id-C0002">Performance Cookies</h4>
        <div class="ot-tgl"><input type="checkbox" name="ot-group-id-C0002" id="ot-group-id-C0002" role="switch"
          class="category-switch-handler" checked aria-labelledby="ot-header-id-C0002">
          <label class="ot-switch" for="ot-group-id-C0002"><span class="ot-switch-nob"></span><span
        class="ot-label-txt">Performance
          Cookies</span></label></div></div>
        <div class="ot-acc-grpcntr"><p class="ot-category-desc">They count who reads which
        page.</p></div></div></section></div>
        <div class="ot-pc-footer"><div class="ot-btn-container"><button class="ot-pc-refuse-all-handler">Reject All</button>
        <button class="save-preference-btn-handler">Confirm My Choices</button></div></div></div>
        <section id="ot-pc-lst" class="ot-hide" role="dialog"><h3 id="ot-lst-title">Cookie List</h3><input
        id="vendor-search-handler">
        <div id="ot-fltr-modal"><label>Consent <input type="checkbox"></label><button
        id="filter-apply-handler">Apply</button></div>
        </section></div></div>""",
        [("Strictly Necessary Cookies", "necessary", "locked"), ("Performance Cookies", "analytics", "on")],
        {
            "Accept All Cookies": "accept-all",
            "Reject All": "decline-all",
            "Cookie Settings": "settings",
            "Allow All": "accept-all",
            "Confirm My Choices": "save",
        },
    ),
    "cookiebot": (
        """<div id="CybotCookiebotDialog" role="dialog" aria-labelledby="CybotCookiebotDialogBodyContentTitle"><div
        class="CybotCookiebotDialogContentWrapper">
        <div id="CybotCookiebotDialogNav"><ul role="tablist"><li><a id="CybotCookiebotDialogNavDeclaration"
        role="tab" href="#"
        aria-controls="CybotCookiebotDialogTabContentConsent">Consent</a></li><li><a role="tab" href="#"
        id="CybotCookiebotDialogNavDetails"
        aria-controls="CybotCookiebotDialogDetail">Details</a></li></ul></div>
        <div id="CybotCookiebotDialogTabContent"><div id="CybotCookiebotDialogTabContentConsent" role="tabpanel">
        <div id="CybotCookiebotDialogBodyContent"><h2 id="CybotCookiebotDialogBodyContentTitle">This website uses
        cookies</h2>
        <div id="CybotCookiebotDialogBodyContentText">We use cookies to count visits and for advertising.</div></div>
        <fieldset><div class="CybotCookiebotDialogBodyLevelButtonWrapper"><label for="n"><strong>Necessary</strong></label>
        <div class="CybotCookiebotDialogBodyLevelButtonSliderWrapper"><input type="checkbox" id="n" disabled
        checked></div></div>
        <div class="CybotCookiebotDialogBodyLevelButtonWrapper"><label for="s"><strong>Statistics</strong></label>
        <div><input type="checkbox" id="s"></div></div><div class="CybotCookiebotDialogBodyLevelButtonWrapper">
        <label for="m"><strong>Marketing</strong></label><div><input type="checkbox" id="m"></div></div></fieldset></div>
        <div id="CybotCookiebotDialogDetail" role="tabpanel" class="hide"><div class="CookieCard"><button
        class="CybotCookiebotDialogDetailBodyContentCookieContainerButton" aria-expanded="false">Necessary
        <span>4</span></button>
        <div class="CybotCookiebotDialogDetailBodyContentCookieTypeIntro">They make the basic functions work.</div></div>
        <div class="CookieCard"><button aria-expanded="false">Statistics <span>2</span></button>
        <div class="CybotCookiebotDialogDetailBodyContentCookieTypeIntro">They count what readers do.</div></div>
        <div class="CookieCard"><button aria-expanded="false">Marketing <span>7</span></button>
        <div class="CybotCookiebotDialogDetailBodyContentCookieTypeIntro">They choose advertisements.</div></div></div></div>
        <div id="CybotCookiebotDialogFooter"><button id="CybotCookiebotDialogBodyButtonDecline">Deny</button>
        <button id="CybotCookiebotDialogBodyLevelButtonLevelOptinAllowallSelection">Allow selection</button>
        <button id="CybotCookiebotDialogBodyLevelButtonLevelOptinAllowAll">Allow all</button></div></div></div>""",
        [("Necessary", "necessary", "locked"), ("Statistics", "analytics", "off"), ("Marketing", "advertising", "off")],
        {"Deny": "decline-all", "Allow selection": "save", "Allow all": "accept-all"},
    ),
    "cookieyes": (
        """<div class="cky-consent-container cky-box-bottom-left"><div class="cky-consent-bar"
        data-cky-tag="notice"><p class="cky-title">
        We value your privacy</p><div class="cky-notice-des"><p>We use cookies to show you personalised
        advertising.</p></div>
        <div class="cky-notice-btn-wrapper"><button class="cky-btn cky-btn-customize"
        aria-label="Customise">Customise</button>
        <button class="cky-btn cky-btn-reject">Reject All</button><button class="cky-btn cky-btn-accept">Accept
        All</button></div></div></div>
        <div class="cky-modal"><div class="cky-preference-center" data-cky-tag="detail"><div class="cky-preference-header">
        <span class="cky-preference-title">Customise Consent Preferences</span><button class="cky-btn-close"
        aria-label="Close">
        <img alt="Close"></button></div><div class="cky-preference-body-wrapper"><div
        class="cky-preference-content-wrapper"><p>We use
        cookies to help you navigate.</p></div><div class="cky-accordion-wrapper">
        <div class="cky-accordion" id="ckyDetailCategorynecessary"><div class="cky-accordion-item"><div
        class="cky-accordion-chevron"></div>
        <div class="cky-accordion-header-wrapper"><div class="cky-accordion-header"><button class="cky-accordion-btn"
        aria-label="Necessary">Necessary</button><span class="cky-always-active">Always Active</span></div>
        <div class="cky-accordion-header-des"><p>They let you log in.</p></div></div></div></div>
        <div class="cky-accordion" id="ckyDetailCategoryanalytics"><div class="cky-accordion-item"><div
        class="cky-accordion-header-wrapper">
        <div class="cky-accordion-header"><button class="cky-accordion-btn" aria-label="Analytics">Analytics</button>
        <div class="cky-switch"><input type="checkbox" id="ckySwitchanalytics" aria-label="Enable Analytics"></div></div>
        <div class="cky-accordion-header-des"><p>They count our visitors.</p></div></div></div></div></div></div>
        <div class="cky-footer-wrapper"><div class="cky-prefrence-btn-wrapper"><button class="cky-btn
        cky-btn-reject">Reject All</button>
        <button class="cky-btn cky-btn-preferences">Save My Preferences</button><button class="cky-btn
        cky-btn-accept">Accept All</button>
        </div></div></div></div>""",
        [("Necessary", "necessary", "locked"), ("Analytics", "analytics", "off")],
        {
            "Customise": "settings",
            "Reject All": "decline-all",
            "Save My Preferences": "save",
            "Accept All": "accept-all",
        },
    ),
    "cookie-law-info": (
        """<div id="cookie-law-info-bar" data-nosnippet="true"><span>We use cookies on our website for your experience.
        <a role="button" class="cli_settings_button">Cookie Settings</a><a role="button"
        id="cookie_action_close_header">Accept</a></span></div>
        <div class="cli-modal" id="cliSettingsPopup" role="dialog" aria-hidden="true"><div class="cli-modal-content">
        <button class="cli-modal-close" id="cliModalClose"><span class="wt-cli-sr-only">Close</span></button><div
        class="cli-modal-body">
        <div class="cli-privacy-overview"><h4>Privacy Overview</h4><div class="cli-privacy-content-text">This website
        uses cookies.</div></div>
        <div class="cli-tab-section"><div class="cli-tab-header"><a role="button" class="cli-nav-link cli-settings-mobile"
        data-target="necessary">Necessary</a><div class="wt-cli-necessary-checkbox"><input type="checkbox" id="c1"
        checked disabled>
        <label class="form-check-label" for="c1">Necessary</label></div><span class="cli-necessary-caption">Always
        Enabled</span></div>
        <div class="cli-tab-content"><div class="cli-tab-pane"><div class="wt-cli-cookie-description">They make the
        site function.</div></div></div></div>
        <div class="cli-tab-section"><div class="cli-tab-header"><a role="button" class="cli-nav-link cli-settings-mobile"
        data-target="advertisement">Advertisement</a><div class="cli-switch"><input type="checkbox" id="c2"
        class="cli-user-preference-checkbox">
        <label for="c2" class="cli-slider" data-cli-enable="Enabled" data-cli-disable="Disabled"><span
        class="wt-cli-sr-only">Advertisement</span>
        </label></div></div><div class="cli-tab-content"><div class="cli-tab-pane"><div
        class="wt-cli-cookie-description">They show you
        advertisements that fit.</div></div></div></div></div><div class="cli-modal-footer"><a
        id="wt-cli-privacy-save-btn" role="button">
        SAVE &amp; ACCEPT</a></div></div></div>""",
        [("Necessary", "necessary", "locked"), ("Advertisement", "advertising", "off")],
        {"Cookie Settings": "settings", "Accept": "accept-all", "SAVE & ACCEPT": "save"},
    ),
    "complianz": (
        """<div id="cmplz-cookiebanner-container"><div class="cmplz-cookiebanner cmplz-hidden optin" role="dialog"
        aria-labelledby="cmplz-header-1"><div class="cmplz-header"><div class="cmplz-title"
        id="cmplz-header-1">Manage Consent</div>
        <div class="cmplz-close" tabindex="0" role="button" aria-label="Close dialog">x</div></div><div class="cmplz-body">
        <div class="cmplz-message">We use technologies like cookies to store device information.</div>
        <div class="cmplz-categories"><details class="cmplz-category cmplz-functional"><summary><span
        class="cmplz-category-header">
        <span class="cmplz-category-title">Functional</span><span class="cmplz-always-active"><span
        class="cmplz-banner-checkbox">
        <input type="checkbox" id="cmplz-functional-optin" class="cmplz-consent-checkbox cmplz-functional" value="1">
        <label class="cmplz-label" for="cmplz-functional-optin"><span
        class="screen-reader-text">Functional</span></label></span>Always active
        </span></span></summary><div class="cmplz-description"><span class="cmplz-description-functional">The storage
        is needed for the service
        that you asked for.</span></div></details>
        <details class="cmplz-category cmplz-marketing"><summary><span class="cmplz-category-header"><span
        class="cmplz-category-title">
        Marketing</span><span class="cmplz-banner-checkbox"><input type="checkbox" id="cmplz-marketing-optin"
        class="cmplz-consent-checkbox cmplz-marketing" value="1"><label class="cmplz-label" for="cmplz-marketing-optin">
        <span class="screen-reader-text">Marketing</span></label></span></span></summary><div class="cmplz-description">
        <span>The storage makes profiles for advertising.</span></div></details></div></div>
        <div class="cmplz-buttons"><button class="cmplz-btn cmplz-accept">Accept</button><button class="cmplz-btn
        cmplz-deny">Deny</button>
        <button class="cmplz-btn cmplz-view-preferences">View preferences</button><button class="cmplz-btn
        cmplz-save-preferences">
        Save preferences</button></div></div></div>""",
        [("Functional", "necessary", "locked"), ("Marketing", "advertising", "off")],
        {"Accept": "accept-all", "Deny": "decline-all", "View preferences": "settings", "Save preferences": "save"},
    ),
    "didomi": (
        """<div id="didomi-host"><div class="didomi-popup-container didomi-consent-popup-container" role="dialog"
        aria-labelledby="dt">
        <div class="didomi-consent-popup-header"><h1 id="dt">Select which purposes you agree to</h1></div>
        <div class="didomi-consent-popup-body"><p>With your consent our partners use cookies on this website.</p>
        <div class="didomi-components-accordion"><div class="didomi-consent-popup-data-processing"><div
        class="didomi-consent-popup-category"><span
        class="didomi-consent-popup-data-processing__purpose_name">Audience measurement</span>
        <div class="didomi-components-radio" role="radiogroup" aria-label="Audience measurement"><button
        class="didomi-components-radio__option" aria-pressed="false" aria-label="Disagree to Audience
        measurement">Disagree</button>
        <button class="didomi-components-radio__option" aria-pressed="false" aria-label="Agree to Audience
        measurement">Agree</button></div></div>
        <p>To learn how often a page is read.</p></div></div></div>
        <div class="didomi-consent-popup-footer"><button id="btn-toggle-disagree">Disagree to all</button>
        <button id="btn-toggle-agree">Agree to all</button><button id="btn-toggle-save">Save</button></div></div></div>""",
        [("Audience measurement", "analytics", "off")],
        {"Disagree to all": "decline-all", "Agree to all": "accept-all", "Save": "save"},
    ),
    "quantcast": (
        """<div class="qc-cmp2-container" id="qc-cmp2-container"><div id="qc-cmp2-main" class="qc-cmp2-main"><div
        id="qc-cmp2-ui" role="dialog"
        aria-label="Consent"><div class="qc-cmp2-summary-info"><h2>We value your privacy</h2><p>We and our partners
        store and/or access
        information on a device, such as cookies, and process personal data.</p></div><div class="qc-cmp2-summary-buttons">
        <button mode="secondary">MORE OPTIONS</button><button mode="secondary">DISAGREE</button><button
        mode="primary">AGREE</button></div>
        </div></div></div>""",
        [],
        {"MORE OPTIONS": "settings", "DISAGREE": "decline-all", "AGREE": "accept-all"},
    ),
    "trustarc": (
        """<div id="consent_blackbar"><div id="truste-consent-track" role="dialog"><div id="truste-consent-content">
        <div id="truste-consent-text"><p>This site uses cookies and related technologies, for site operation,
        analytics and advertising.</p></div>
        <div id="truste-consent-buttons"><button id="truste-consent-button">Accept All</button><button
        id="truste-consent-required">Required
        Only</button><button id="truste-show-consent">More Information</button><span id="truste-show-consent2"
        role="link" tabindex="0"
        class="truste-cursor-pointer">Cookie Preferences</span></div></div></div></div>""",
        [],
        {"Accept All": "accept-all", "Required Only": "decline-all"},
    ),
    "osano": (
        """<div class="osano-cm-window"><div role="dialog" aria-label="Cookie Consent Banner" class="osano-cm-dialog
        osano-cm-dialog--type_bar">
        <button class="osano-cm-dialog__close osano-cm-close" aria-label="Close this dialog"></button><div
        class="osano-cm-dialog__content">
        <span class="osano-cm-content__message">This website utilizes technologies such as cookies for analytics and
        targeted advertising.</span>
        <ul class="osano-cm-content__list osano-cm-list"><li class="osano-cm-list__list-item"><label
        class="osano-cm-toggle osano-cm-label">
        <input type="checkbox" class="osano-cm-toggle__input" data-category="ESSENTIAL" disabled checked><span
        class="osano-cm-toggle__switch">
        </span><span class="osano-cm-toggle__label osano-cm-label">Essential</span></label></li>
        <li class="osano-cm-list__list-item"><label class="osano-cm-toggle osano-cm-label"><input type="checkbox"
        class="osano-cm-toggle__input" data-category="MARKETING"><span class="osano-cm-toggle__switch"></span>
        <span class="osano-cm-toggle__label">Targeted Advertising</span></label></li></ul></div>
        <div class="osano-cm-dialog__buttons"><button class="osano-cm-manage">Storage Preferences</button>
        <button class="osano-cm-denyAll">Reject Non-Essential</button><button class="osano-cm-accept-all">Accept All</button>
        <button class="osano-cm-save">Save</button></div></div></div>""",
        [("Essential", "necessary", "locked"), ("Targeted Advertising", "advertising", "off")],
        {
            "Storage Preferences": "settings",
            "Reject Non-Essential": "decline-all",
            "Accept All": "accept-all",
            "Save": "save",
        },
    ),
    "usercentrics": (
        """<div id="usercentrics-root" data-created-at="1"><cc-shadow mode="open"><div
        data-testid="uc-app-container"><div role="dialog"
        aria-modal="true" aria-label="Privacy Settings"><div data-testid="uc-header"><h1>Privacy
        Settings</h1><div>This site uses third-party
        website tracking technologies to provide its services.</div></div>
        <div data-testid="uc-tabs"><button role="tab" data-testid="uc-tab-categories">Categories</button>
        <button role="tab" data-testid="uc-tab-services">Services</button></div>
        <div data-testid="uc-card"><div class="hdr"><button aria-expanded="false" aria-label="Expand Marketing"></button>
        <h2>Marketing</h2><button role="switch" aria-checked="false" aria-label="Marketing"></button></div>
        <div>These technologies are used by advertisers.</div></div>
        <div data-testid="uc-card"><div class="hdr"><h2>Essential</h2><button role="switch" aria-checked="true" disabled
        aria-label="Essential"></button></div><div>These technologies are needed for core functions.</div></div>
        <div data-testid="uc-footer"><button data-testid="uc-save-button">Save Settings</button><button
        data-testid="uc-deny-all-button">Deny All
        </button><button data-testid="uc-accept-all-button">Accept All</button></div></div></div></cc-shadow></div>""",
        [("Marketing", "advertising", "off"), ("Essential", "necessary", "locked")],
        {"Save Settings": "save", "Deny All": "decline-all", "Accept All": "accept-all"},
    ),
    "termly": (
        """<div class="termly-styles-root"><div role="alertdialog" class="termly-styles-banner"
        aria-describedby="d"><div id="d">
        <span>We use essential cookies to make our site work. With your consent, we may also use non-essential
        cookies.</span></div>
        <div class="termly-styles-buttons"><button data-tid="banner-preferences">Preferences</button><button
        data-tid="banner-decline">Decline</button><button data-tid="banner-accept">Accept</button></div></div></div>
        <div class="termly-styles-modal-root" role="dialog"><h1>Consent Preferences</h1><p>Choose the cookies that
        you consent to.</p>
        <div class="termly-styles-category"><div><h2>Essential Website Cookies</h2><p>Needed to provide you with
        services.</p></div>
        <label class="termly-styles-switch"><input type="checkbox" checked disabled
        aria-label="essential"><span></span></label></div>
        <div class="termly-styles-category"><div><h2>Advertising Cookies</h2><p>Used to make messages fit you.</p></div>
        <label class="termly-styles-switch"><input type="checkbox" aria-label="Advertising
        Cookies"><span></span></label></div>
        <button>Decline All</button><button>Allow All</button><button>Save</button></div>""",
        [("Essential Website Cookies", "necessary", "locked"), ("Advertising Cookies", "advertising", "off")],
        {
            "Preferences": "settings",
            "Decline": "decline-all",
            "Accept": "accept-all",
            "Allow All": "accept-all",
            "Save": "save",
        },
    ),
    "iubenda": (
        """<div id="iubenda-cs-banner" class="iubenda-cs-default-floating iubenda-cs-visible" role="alertdialog"><div
        class="iubenda-cs-container">
        <div class="iubenda-cs-content"><div class="iubenda-cs-rationale"><div id="iubenda-cs-title">Notice</div><div
        id="iubenda-cs-paragraph">
        <p class="iub-p">We and selected third parties use cookies for technical purposes and, with your consent, for
        other purposes.</p>
        <p class="iub-p">Use the "Accept" button to consent.</p></div><div class="iubenda-cs-counter"></div>
        <div class="iubenda-cs-opt-group"><div class="iubenda-cs-opt-group-custom"><button
        class="iubenda-cs-customize-btn">Learn more and
        customize</button></div><div class="iubenda-cs-opt-group-consent"><button
        class="iubenda-cs-reject-btn">Reject</button>
        <button class="iubenda-cs-accept-btn">Accept</button></div></div></div></div></div></div>""",
        [],
        {"Learn more and customize": "settings", "Reject": "decline-all", "Accept": "accept-all"},
    ),
    "borlabs": (
        """<div id="BorlabsCookieBox" class="BorlabsCookie" role="dialog" aria-modal="true"><div class="cookie-preference">
        <h3>Privacy Preference</h3><p>Here is an overview of all cookies used. You can give your consent to whole
        categories.</p>
        <div class="row"><a class="_brlbs-btn _brlbs-btn-accept-all" role="button" href="#">Accept all</a>
        <a id="CookiePrefSave" role="button" href="#">Save</a><a class="_brlbs-refuse-btn" role="button"
        href="#">Accept only essential cookies</a></div>
        <div class="bcac-item"><h4>Essential (2)</h4><p>Essential cookies make basic functions possible.</p></div>
        <div class="bcac-item"><h4>External Media (1)</h4><label class="_brlbs-btn-switch"><input type="checkbox" id="bc-em"
        name="cookieGroup[]" value="external-media" checked data-borlabs-cookie-switch><span
        class="_brlbs-slider"></span></label>
        <p>Content from video platforms is blocked by default.</p></div></div></div>""",
        [("Essential", "necessary", "none"), ("External Media", "other", "on")],
        {"Accept all": "accept-all", "Save": "save", "Accept only essential cookies": "decline-all"},
    ),
    "civic": (
        """<div id="ccc"><div id="ccc-overlay"></div><div id="ccc-module" role="dialog" aria-modal="true"
        aria-labelledby="ccc-title">
        <div id="ccc-content"><div id="cc-panel"><h2 id="ccc-title">Our use of cookies</h2><p id="ccc-intro">This
        site puts small files on your
        device.</p><div id="ccc-button-holder"><button id="ccc-recommended-settings">Accept All</button><button
        id="ccc-reject-settings">Reject
        All</button></div><hr><h3 id="ccc-necessary-title">Necessary Cookies</h3><p
        id="ccc-necessary-description">Necessary cookies enable
        page navigation.</p><hr><div id="ccc-optional-categories"><div data-index="0" class="optional-cookie"><h3
        class="optional-cookie-header">Analytical Cookies</h3><div class="checkbox-toggle ccc-checkbox-toggle"><label
        class="checkbox-toggle-label"><span class="invisible">Analytical Cookies</span><input class="checkbox-toggle-input"
        type="checkbox"><span class="checkbox-toggle-on">On</span><span class="checkbox-toggle-off">Off</span>
        <span class="checkbox-toggle-toggle"></span></label></div><p>They tell us which pages are read.</p></div></div>
        <button id="ccc-dismiss-button">Save and close</button></div></div></div></div>""",
        [("Necessary Cookies", "necessary", "none"), ("Analytical Cookies", "analytics", "off")],
        {"Accept All": "accept-all", "Reject All": "decline-all", "Save and close": "save"},
    ),
    "drupal": (
        """<div id="sliding-popup" class="sliding-popup-bottom"><div role="alertdialog" class="eu-cookie-compliance-banner
        eu-cookie-compliance-banner-info eu-cookie-compliance-banner--categories"><div class="popup-content info
        eu-cookie-compliance-content"><div id="popup-text" class="eu-cookie-compliance-message"><h2>We use cookies on
        this site</h2>
        <p>By choosing Accept, you agree to our use of cookies.</p><button class="find-more-button
        eu-cookie-compliance-more-button">More info
        </button></div><div id="eu-cookie-compliance-categories" class="eu-cookie-compliance-categories">
        <div class="eu-cookie-compliance-category"><div><input type="checkbox" name="cookie-categories"
        id="cookie-category-essential"
        value="essential" checked disabled><label for="cookie-category-essential">Essential cookies</label></div>
        <div class="eu-cookie-compliance-category-description">They keep you logged in.</div></div>
        <div class="eu-cookie-compliance-category"><div><input type="checkbox" name="cookie-categories"
        id="cookie-category-analytics"
        value="analytics"><label for="cookie-category-analytics">Analytics</label></div>
        <div class="eu-cookie-compliance-category-description">They count the readers.</div></div>
        <div class="eu-cookie-compliance-categories-buttons"><button
        class="eu-cookie-compliance-save-preferences-button">Save preferences
        </button></div></div><div id="popup-buttons"><button class="agree-button
        eu-cookie-compliance-default-button">Accept all cookies</button>
        <button class="eu-cookie-withdraw-button">Withdraw consent</button></div></div></div></div>""",
        [("Essential cookies", "necessary", "locked"), ("Analytics", "analytics", "off")],
        {"Save preferences": "save", "Accept all cookies": "accept-all", "Withdraw consent": "decline-all"},
    ),
    "cookiecraft": (
        """<div class="cc-modal" role="dialog" aria-modal="true" aria-labelledby="cc-modal-title"><div class="cc-modal__content">
        <h2 id="cc-modal-title">Cookie Preferences</h2><div class="cc-modal__body">
        <div class="cc-category"><label class="cc-toggle"><input type="checkbox" disabled aria-label="Essential cookies"
        checked></label><div><h3>Essential</h3><p>They keep the site going.</p></div></div>
        <div class="cc-category"><label class="cc-toggle"><input type="checkbox" aria-label="Marketing cookies"
        checked></label><div><h3>Marketing</h3><p>They choose advertisements.</p></div></div></div>
        <button>Essentials only</button><button>Save preferences</button></div></div>""",
        [("Essential", "necessary", "locked"), ("Marketing", "advertising", "on")],
        {"Essentials only": "decline-all", "Save preferences": "save"},
    ),
    "cookie-though": (
        """<aside class="cookie-though"><p>We use cookies to give you a better visit.</p><div class="ct-policies">
        <div class="ct-option"><input type="checkbox" id="essential" disabled checked><label for="essential"><p><strong
        >Essential Cookies</strong>They keep the website going for you.</p><span>Always on</span></label></div>
        <div class="ct-option"><input type="checkbox" id="ads"><label for="ads"><p><strong>Marketing and ads</strong>Partners
        show you advertising elsewhere.</p><span></span></label></div></div>
        <button>Decline</button><button>Accept all</button></aside>""",
        [("Essential Cookies", "necessary", "locked"), ("Marketing and ads", "advertising", "off")],
        {"Decline": "decline-all", "Accept all": "accept-all"},
    ),
    "tarteaucitron": (
        """<div id="tarteaucitron" role="dialog" aria-labelledby="dialogTitle"><span role="heading" id="dialogTitle">Cookies
        panel</span><p>By allowing these services, you accept their cookies and tracking technologies.</p>
        <div><span role="heading" aria-level="3">Preference for all services</span></div><div>
        <button aria-label="Cookies : Allow all cookies" aria-pressed="false">Allow all cookies</button>
        <button aria-label="Cookies : Deny all cookies" aria-pressed="false">Deny all cookies</button></div>
        <ul><li><div><span role="heading" aria-level="3">Advertising network</span>
        <span>They earn money by selling space on the site.</span></div><div>
        <button aria-label="Allow Advertising network" aria-pressed="true">Allow</button>
        <button aria-label="Deny Advertising network" aria-pressed="false">Deny</button></div></li></ul>
        <button>Save</button></div>""",
        [("Advertising network", "advertising", "on")],
        {"Allow all cookies": "accept-all", "Deny all cookies": "decline-all", "Save": "save"},
    ),
    "react-cookie-manager": (
        """<div class="cookie-modal"><h3>Cookie Preferences</h3><p>Essential cookies are always enabled as they are needed
        for the website.</p><div><div><h4>Essential</h4><p>The site does not go without them</p><p>Status: Always
        enabled</p></div><div>Always On</div></div><div><div><h4>Advertising</h4><p>Choose advertisements and count who
        sees them</p></div><label><input type="checkbox"><div></div></label></div>
        <button>Cancel</button><button>Save Preferences</button></div>""",
        [("Essential", "necessary", "locked"), ("Advertising", "advertising", "off")],
        {"Cancel": "close", "Save Preferences": "save"},
    ),
    "react-cookie-consent-popup": (
        """<div class="consent-popup"><h2>Cookie Settings</h2><p>Pick the cookies that this website may use.</p>
        <div><div><label for="rcc-marketing">Marketing</label><p>They choose advertisements.</p></div>
        <label aria-label="Toggle Marketing"><input type="checkbox" id="rcc-marketing" aria-label="Marketing Toggle Marketing"
        ></label></div><button>Decline All</button><button>Save Selection</button></div>""",
        [("Marketing", "advertising", "off")],
        {"Decline All": "decline-all", "Save Selection": "save"},
    ),
    "porsche": (
        """<div role="dialog" aria-label="Cookie Consent Management"><h1>We use cookies</h1><p>You decide which cookies
        this website uses.</p><label for="n"><input id="n" type="checkbox" disabled checked> Technically necessary cookies:
        They let you sign in.</label><label for="m"><input id="m" type="checkbox"> Marketing cookies: They choose
        advertisements for you.</label><button>Save selection and continue</button><button>Select all and continue</button></div>""",
        [("Technically necessary cookies", "necessary", "locked"), ("Marketing cookies", "advertising", "off")],
        {"Save selection and continue": "save", "Select all and continue": "accept-all"},
    ),
    "bootstrap": (
        """<div class="modal fade" id="cookieModal" tabindex="-1" role="dialog"
        aria-labelledby="cookieModalLabel"><div class="modal-dialog">
        <div class="modal-content"><div class="modal-header"><h5 class="modal-title" id="cookieModalLabel">Cookies
        and marketing</h5>
        <button type="button" class="btn-close" data-bs-dismiss="modal" aria-label="Close"></button></div><div
        class="modal-body"><p>Choose
        what this website may store.</p><div class="form-check form-switch"><input class="form-check-input"
        type="checkbox" id="f1" checked
        disabled><label class="form-check-label" for="f1">Required</label><small>For the basket and the login.</small></div>
        <div class="form-check form-switch"><input class="form-check-input" type="checkbox" id="f2"><label
        class="form-check-label"
        for="f2">Statistics</label><small>To count the visits to our pages.</small></div>
        <div class="form-check form-switch"><input class="form-check-input" type="checkbox" id="f3" checked><label
        class="form-check-label"
        for="f3">Selling or sharing of data</label><small>To sell what you read to advertisers.</small></div></div>
        <div class="modal-footer"><button class="btn">Only required</button><button class="btn">Save selection</button>
        <button class="btn btn-primary">Accept all cookies</button></div></div></div></div>""",
        [
            ("Required", "necessary", "locked"),
            ("Statistics", "analytics", "off"),
            ("Selling or sharing of data", "sale", "on"),
        ],
        {"Only required": "decline-all", "Save selection": "save", "Accept all cookies": "accept-all"},
    ),
    "definition list": (
        """<aside class="cookie-notice" aria-label="Cookies"><p>This site uses cookies. Pick yours.</p><dl>
        <dt><label><input type="checkbox" checked disabled> Strictly necessary</label></dt><dd>They hold the session.</dd>
        <dt><label><input type="checkbox"> Audience measurement</label></dt><dd>They count the readers.</dd>
        <dt><label><input type="checkbox"> Personalised ads</label></dt><dd>They choose advertisements.</dd></dl>
        <input type="submit" value="Confirm"><input type="button" value="Yes, accept all"><a href="#">No,
        thanks</a></aside>""",
        [
            ("Strictly necessary", "necessary", "locked"),
            ("Audience measurement", "analytics", "off"),
            ("Personalised ads", "advertising", "off"),
        ],
        {"Confirm": "save", "Yes, accept all": "accept-all", "No, thanks": "decline-all"},
    ),
    "flat headings": (
        """<div class="privacy-modal" role="dialog" aria-modal="true"><h2>Your privacy on this site</h2><p>We use
        cookies and share data.</p>
        <h3>Essential</h3><p>They keep the site working for you.</p><em>Always on</em>
        <h3>Performance</h3><button role="switch" aria-checked="true">On</button><p>They count the pages that are read.</p>
        <h3>Ads and sharing</h3><button role="switch" aria-checked="false">Off</button><p>They share your reading
        with advertisers.</p>
        <button>Decline all</button><button>Save preferences</button><button>Allow all</button></div>""",
        [
            ("Essential", "necessary", "locked"),
            ("Performance", "analytics", "on"),
            ("Ads and sharing", "advertising", "off"),
        ],
        {"Decline all": "decline-all", "Save preferences": "save", "Allow all": "accept-all"},
    ),
}


def state(category: Category) -> str:
    return "locked" if category.always_active else category.toggle


@pytest.mark.parametrize("name", CASES)
def test_markup_of(name: str) -> None:
    html, categories, buttons = CASES[name]
    dialogs = read_document(Document(url="https://a.test/", html=f"<body><main><h1>News</h1></main>{html}</body>"))
    assert [(c.name, c.kind, state(c)) for d in dialogs for c in d.categories] == categories
    found = {c.text: c.purpose for d in dialogs for c in d.controls}
    assert {words: found.get(words) for words in buttons} == buttons


@pytest.mark.parametrize("name", CASES)
def test_every_category_has_the_words_that_describe_it(name: str) -> None:
    dialogs = read_document(Document(url="https://a.test/", html=CASES[name][0]))
    undescribed = [c.name for d in dialogs for c in d.categories if not c.description]
    assert undescribed == (["Essential", "Targeted Advertising"] if name == "osano" else [])


def test_a_service_without_a_description_does_not_take_the_next_ones():
    service = """<li class="cm-service"><input id="{0}" type="checkbox" aria-labelledby="{0}-title"{2} checked><label
    for="{0}"><span id="{0}-title">{1}</span>{3}<span class="cm-switch"></span></label><p class="purposes">{4}</p></li>"""
    html = f"""<div id="klaro"><div class="klaro"><div class="cookie-modal"><h1>Services</h1><p>We use cookies for
    what you see and customize here.</p><ul>{service.format("csrf", "CSRF token", " disabled", "<span>(required)</span>", "security")}
    {service.format("ads", "Google Ads", "", "<span>(opt-out of it here)</span>", "advertising")}</ul>
    <button>Accept selected</button></div></div></div>"""
    (dialog,) = read_document(Document(url="https://a.test/", html=html))
    assert [(c.name, "Google" in c.description) for c in dialog.categories] == [
        ("CSRF token", False),
        ("Google Ads", True),
    ]
