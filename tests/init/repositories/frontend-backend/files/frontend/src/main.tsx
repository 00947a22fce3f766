document.title = "Gauge";
