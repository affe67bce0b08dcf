// Writes strings made by the reference encoders with what the reference decoders read in them, one JSON object a line.
// Usage: node generate.cjs gpp|tcf COUNT SEED
const [kind, count, seed] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];

let state = seed >>> 0;
const random = () => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 4294967296;
};
const below = (n) => Math.floor(random() * n);
const some = (n, chance) => Array.from({ length: n }, (_, i) => i + 1).filter(() => random() < chance);

const print = (value) => process.stdout.write(JSON.stringify(value) + "\n");

function gpp() {
  const { GppModel } = require("@iabgpp/cmpapi");
  const names = [
    "uspv1", "usnat", "usca", "usva", "usco", "usut", "usct", "usfl", "usmt", "usor", "ustx", "usde", "usia", "usne",
    "usnh", "usnj", "ustn", "usmn", "usmd", "usin", "usky", "usri",
  ];
  for (let i = 0; i < count; i++) {
    const model = new GppModel();
    const first = names[i % names.length];
    for (const name of names.filter((one) => one === first || random() < 0.1)) {
      if (name === "uspv1") {
        for (const field of ["Notice", "OptOutSale", "LspaCovered"]) model.setFieldValue(name, field, "YN-"[below(3)]);
        continue;
      }
      if (name === "usnat") model.setFieldValue(name, "Version", 1 + below(2));
      else model.setFieldValue(name, "SaleOptOut", 0);
      for (const [field, value] of Object.entries(Object.assign({}, ...[model.getSection(name)].flat()))) {
        if (/Version|SegmentType/.test(field)) continue;
        if (typeof value === "boolean") model.setFieldValue(name, field, random() < 0.5);
        else if (Array.isArray(value)) model.setFieldValue(name, field, value.map(() => below(3)));
        else model.setFieldValue(name, field, field === "MspaCoveredTransaction" ? 1 + below(2) : below(3));
      }
    }
    const raw = model.encode();
    const read = new GppModel(raw);
    const sections = Object.fromEntries(read.getSectionIds().map((id) => {
      const name = names[id - 6];
      return [name, Object.assign({}, ...[read.getSection(name)].flat())];
    }));
    print({ raw, ids: read.getSectionIds(), sections });
  }
}

function tcf() {
  const { GVL, TCModel, TCString, Segment, PurposeRestriction, RestrictionType } = require("@iabtcf/core");
  const list = (vector) => {
    const found = [];
    vector.forEach((on, id) => on && found.push(id));
    return found;
  };
  const vendors = (vector) => vector.set(random() < 0.5 ? some(below(900), 0.02) : some(below(200), 0.9));
  const numbered = (n, make) => Object.fromEntries(Array.from({ length: n }, (_, i) => [i + 1, make(i + 1)]));
  const purposes = Array.from({ length: 10 }, (_, i) => i + 1);
  const listed = (version, highest) => new GVL({
    gvlSpecificationVersion: 3,
    vendorListVersion: version,
    tcfPolicyVersion: 4,
    lastUpdated: "2026-01-01T00:00:00Z",
    purposes: numbered(11, (id) => ({ id, name: `purpose ${id}` })),
    specialPurposes: {}, features: {}, specialFeatures: numbered(2, (id) => ({ id, name: `feature ${id}` })), stacks: {},
    vendors: numbered(highest, (id) => ({
      id, name: `vendor ${id}`, purposes, legIntPurposes: purposes.slice(1), flexiblePurposes: purposes, specialPurposes: [],
      features: [], specialFeatures: [],
    })),
  });
  const lists = Array.from({ length: 12 }, () => listed(2 + below(300), 1 + below(900)));
  for (let i = 0; i < count; i++) {
    const model = new TCModel(lists[below(lists.length)]);
    model.cmpId = 2 + below(400);
    model.cmpVersion = 1 + below(4000);
    model.consentScreen = below(60);
    model.publisherCountryCode = ["US", "DE", "AA", "GB"][below(4)];
    model.isServiceSpecific = random() < 0.5;
    model.useNonStandardTexts = random() < 0.5;
    model.purposeOneTreatment = random() < 0.5;
    model.specialFeatureOptins.set(some(12, 0.3));
    model.purposeConsents.set(some(24, 0.4));
    model.purposeLegitimateInterests.set(some(24, 0.2));
    vendors(model.vendorConsents);
    vendors(model.vendorLegitimateInterests);
    vendors(model.vendorsDisclosed);
    model.numCustomPurposes = below(5);
    model.publisherConsents.set(some(24, 0.3));
    model.publisherCustomConsents.set(some(model.numCustomPurposes, 0.5));
    for (let r = below(4); model.isServiceSpecific && r > 0; r--) {
      const restriction = new PurposeRestriction(1 + below(10), [RestrictionType.NOT_ALLOWED, RestrictionType.REQUIRE_CONSENT][below(2)]);
      for (const vendor of some(below(60), 0.3)) model.publisherRestrictions.add(vendor, restriction);
    }
    model.updated();
    const raw = TCString.encode(model, {
      segments: [Segment.CORE, ...[Segment.VENDORS_DISCLOSED, Segment.PUBLISHER_TC].filter(() => random() < 0.6)],
    });
    const read = TCString.decode(raw);
    const restrictions = read.publisherRestrictions.getRestrictions().flatMap((one) =>
      read.publisherRestrictions.getVendors(one).map((vendor) => `${one.purposeId}-${one.restrictionType}-${vendor}`));
    print({
      raw,
      fields: {
        Version: read.version,
        Created: read.created.toISOString(),
        LastUpdated: read.lastUpdated.toISOString(),
        CmpId: read.cmpId,
        CmpVersion: read.cmpVersion,
        ConsentScreen: read.consentScreen,
        ConsentLanguage: read.consentLanguage,
        VendorListVersion: read.vendorListVersion,
        PolicyVersion: read.policyVersion,
        IsServiceSpecific: read.isServiceSpecific,
        UseNonStandardTexts: read.useNonStandardTexts,
        PurposeOneTreatment: read.purposeOneTreatment,
        PublisherCountryCode: read.publisherCountryCode,
        SpecialFeatureOptins: list(read.specialFeatureOptins),
        PurposeConsents: list(read.purposeConsents),
        PurposeLegitimateInterests: list(read.purposeLegitimateInterests),
        VendorConsents: list(read.vendorConsents),
        VendorLegitimateInterests: list(read.vendorLegitimateInterests),
        VendorsDisclosed: list(read.vendorsDisclosed),
        PublisherConsents: list(read.publisherConsents),
        PublisherCustomConsents: list(read.publisherCustomConsents),
        PublisherRestrictions: restrictions.sort(),
      },
    });
  }
}

({ gpp, tcf })[kind]();
