/* data-map="GEOJSON-URL" on a .map: points with price pins and clusters. Each feature carries in its properties id,
   label ("AED 2.38M"), title and url. data-tiles (may be empty: plain background) and data-attribution name the tiles;
   data-bounds="#id of a form field" takes "south,west,north,east" when the map was moved, and fires "change" on it.
   Rows with data-pin="ID" and their pins light up together. The page's css block includes components/map_css.html. */
const escape = (text) => Object.assign(document.createElement("i"), { textContent: text }).innerHTML;

function pair(pins) {
  const light = (id, on) => {
    pins.get(id)?._icon?.classList.toggle("at", on);
    document.querySelector(`[data-pin="${CSS.escape(id)}"]`)?.classList.toggle("at", on);
  };
  for (const [id, pin] of pins) {
    pin.on("mouseover", () => light(id, true)).on("mouseout", () => light(id, false));
  }
  for (const [name, on] of [["mouseover", true], ["mouseout", false], ["focusin", true], ["focusout", false]]) {
    document.addEventListener(name, ({ target }) => {
      const row = target.closest?.("[data-pin]");
      if (row) light(row.dataset.pin, on);
    });
  }
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
  const answer = await fetch(element.dataset.map, { headers: { Accept: "application/geo+json" } });
  if (!answer.ok) {
    element.insertAdjacentHTML("beforebegin", '<div class="ban bad" role="alert">The map could not load its listings. Reload the page.</div>');
    return;
  }
  const pins = new Map();
  for (const { geometry, properties } of (await answer.json()).features) {
    const [longitude, latitude] = geometry.coordinates;
    const pin = L.marker([latitude, longitude], { title: properties.title, alt: properties.title, icon: L.divIcon({ className: "pin", html: escape(properties.label), iconSize: null }) });
    pin.on("click keypress", () => location.assign(properties.url));
    pins.set(String(properties.id), pin);
  }
  clusters.addLayers([...pins.values()]);
  if (pins.size) map.fitBounds(clusters.getBounds().pad(0.1), { maxZoom: 15 });
  pair(pins);
  const field = element.dataset.bounds && document.querySelector(element.dataset.bounds);
  if (field) {
    map.on("moveend", () => {
      const bounds = map.getBounds();
      field.value = [bounds.getSouth(), bounds.getWest(), bounds.getNorth(), bounds.getEast()].map((degree) => degree.toFixed(5)).join();
      field.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }
}
