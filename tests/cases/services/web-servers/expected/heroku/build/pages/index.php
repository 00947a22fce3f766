<?php
if ($_SERVER["REQUEST_METHOD"] === "POST") {
    echo $_FILES["picture"]["size"];
} else {
    echo ($_SERVER["HTTPS"] ?? "off"), " ", extension_loaded("gd") ? "gd" : "none";
}
