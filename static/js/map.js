/* data-map="GEOJSON-URL" on a .map: points with price pins and clusters. Each feature carries in its properties id,
   label ("AED 2.38M"), title and url; `note` of the answer says when it holds only some, and stands in #map-note. Then
   each move of the map asks for the piece on screen (&box=south,west,north,east). #map-here gets the same piece into
   its address. data-tiles (may be empty: plain background) and data-attribution name the tiles. Rows with
   data-pin="ID" and their pins light up together. The page's css block includes components/map_css.html. */
const escape = (text) => Object.assign(document.createElement("i"), { textContent: text }).innerHTML;

let pins = new Map();

function light(id, on) {
  pins.get(id)?._icon?.classList.toggle("at", on);
  document.querySelector(`[data-pin="${CSS.escape(id)}"]`)?.classList.toggle("at", on);
}

for (const [name, on] of [["mouseover", true], ["mouseout", false], ["focusin", true], ["focusout", false]]) {
  document.addEventListener(name, ({ target }) => {
    const row = target.closest?.("[data-pin]");
    if (row) light(row.dataset.pin, on);
  });
}

function pinOf(L, { geometry, properties }) {
  const [longitude, latitude] = geometry.coordinates;
  const icon = L.divIcon({ className: "pin", html: escape(properties.label), iconSize: null });
  const pin = L.marker([latitude, longitude], { title: properties.title, alt: properties.title, icon });
  pin.on("click keypress", () => location.assign(properties.url));
  return pin.on("mouseover", () => light(String(properties.id), true)).on("mouseout", () => light(String(properties.id), false));
}

/** Draw one map. */
export async function start(element) {
  await import("../vendor/leaflet-1.9.4/leaflet.js");
  await import("../vendor/leaflet.markercluster-1.5.3/leaflet.markercluster.js");
  const { L } = window;
  const map = L.map(element, { maxZoom: 19, attributionControl: Boolean(element.dataset.tiles) }).setView([25.08, 55.14], 11);
  if (element.dataset.tiles) L.tileLayer(element.dataset.tiles, { attribution: element.dataset.attribution, maxZoom: 19 }).addTo(map);
  const clusters = L.markerClusterGroup({
    showCoverageOnHover: false,
    maxClusterRadius: 56,
    iconCreateFunction: (cluster) => L.divIcon({ className: "cluster", html: cluster.getChildCount(), iconSize: [36, 36] }),
  }).addTo(map);
  const note = document.getElementById("map-note");
  let [isPart, asked] = [false, 0];

  async function load(box) {
    asked += 1;
    const mine = asked;
    const answer = await fetch(element.dataset.map + (box ? `&box=${box}` : ""), { headers: { Accept: "application/geo+json" } });
    if (!answer.ok) {
      note.textContent = "The map could not load its listings. Reload the page.";
      note.hidden = false;
      return;
    }
    const { features, note: words } = await answer.json();
    if (mine !== asked) return; // the map was moved on meanwhile
    isPart = Boolean(words);
    note.textContent = words;
    note.hidden = !words;
    pins = new Map(features.map((feature) => [String(feature.properties.id), pinOf(L, feature)]));
    clusters.clearLayers();
    clusters.addLayers([...pins.values()]);
  }

  await load("");
  if (clusters.getLayers().length) map.fitBounds(clusters.getBounds().pad(0.1), { maxZoom: 15, animate: false });
  map.whenReady(() => map.on("moveend", () => {
    const bounds = map.getBounds();
    const box = [bounds.getSouth(), bounds.getWest(), bounds.getNorth(), bounds.getEast()].map((degree) => degree.toFixed(5)).join();
    const here = document.getElementById("map-here");
    here.href = `${here.dataset.base ??= here.href}&box=${box}`;
    here.hidden = false;
    if (isPart) load(box);
  }));
}
