// The consent APIs that other parties ask: __uspapi (US Privacy) and __gpp (section 8, California), with their locator frames.
// signalsApi({ usp, california }): both are functions, asked anew at each call.
//   usp() -> "1YNN" ...; california() -> { saleOptOut: 1|2, sharingOptOut: 1|2, gpc: boolean }
// Returns { changed }, to be called when an answer has changed.
window.signalsApi = ({ usp, california }) => {
  const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const encode = (fields) => {
    let bits = fields.map(([value, width]) => value.toString(2).padStart(width, "0")).join("");
    bits = bits.padEnd(Math.ceil(bits.length / 8) * 8, "0");
    bits = bits.padEnd(Math.ceil(bits.length / 6) * 6, "0");
    return bits.match(/.{6}/g).map((six) => ALPHABET[parseInt(six, 2)]).join("");
  };
  const section = () => {
    const { saleOptOut, sharingOptOut, gpc } = california();
    return {
      Version: 1,
      SaleOptOutNotice: 1,
      SharingOptOutNotice: 1,
      SensitiveDataLimitUseNotice: 0,
      SaleOptOut: saleOptOut,
      SharingOptOut: sharingOptOut,
      SensitiveDataProcessing: [0, 0, 0, 0, 0, 0, 0, 0, 0],
      KnownChildSensitiveDataConsents: [0, 0],
      PersonalDataConsents: 0,
      MspaCoveredTransaction: 2,
      MspaOptOutOptionMode: 0,
      MspaServiceProviderMode: 0,
      GpcSegmentType: 1,
      GpcSegmentIncluded: true,
      Gpc: gpc,
    };
  };
  // "DBABBg" is the header that names section 8 and no other.
  const gppString = () => {
    const { GpcSegmentType, GpcSegmentIncluded, Gpc, ...core } = section();
    const fields = Object.entries(core).flatMap(([name, value]) => [value].flat().map((one) => [one, name === "Version" ? 6 : 2]));
    return `DBABBg~${encode(fields)}.${encode([[GpcSegmentType, 2], [Number(Gpc), 1]])}`;
  };
  const ping = () => ({
    gppVersion: "1.1",
    cmpStatus: "loaded",
    cmpDisplayStatus: "hidden",
    signalStatus: "ready",
    supportedAPIs: ["8:usca"],
    cmpId: 0,
    sectionList: [8],
    applicableSections: [8],
    gppString: gppString(),
    parsedSections: { usca: section() },
  });
  const listeners = new Map();
  const tell = (callback, listenerId, eventName, data) =>
    callback({ eventName, listenerId, data, pingData: ping() }, true);
  const answers = {
    ping: () => ping(),
    hasSection: (name) => name === "usca",
    getSection: (name) => (name === "usca" ? section() : null),
    getField: (name) => section()[String(name).split(".")[1]] ?? null,
    removeEventListener: (id) => listeners.delete(id),
  };
  window.__gpp = (command, callback, parameter) => {
    if (command === "addEventListener") {
      listeners.set(listeners.size + 1, callback);
      tell(callback, listeners.size, "listenerRegistered", true);
    } else if (command in answers) callback(answers[command](parameter), true);
    else callback(null, false);
  };
  window.__uspapi = (command, version, callback) => {
    if (command === "getUSPData") callback({ version: 1, uspString: usp() }, true);
    else callback(null, false);
  };
  const locator = (name) => {
    const frame = document.createElement("iframe");
    frame.name = name;
    frame.hidden = true;
    document.body.append(frame);
  };
  const locators = () => ["__uspapiLocator", "__gppLocator"].forEach(locator);
  if (document.body) locators();
  else addEventListener("DOMContentLoaded", locators);
  addEventListener("message", ({ data, source }) => {
    const { __uspapiCall: asked, __gppCall: call } = data ?? {};
    if (asked) {
      window.__uspapi(asked.command, asked.version, (returnValue, success) =>
        source.postMessage({ __uspapiReturn: { returnValue, success, callId: asked.callId } }, "*"));
    }
    if (call) {
      window.__gpp(call.command, (returnValue, success) =>
        source.postMessage({ __gppReturn: { returnValue, success, callId: call.callId } }, "*"), call.parameter);
    }
  });
  return {
    changed: () => listeners.forEach((callback, id) => tell(callback, id, "sectionChange", "usca")),
  };
};
