<?php
/*
Plugin Name: Tides
*/
