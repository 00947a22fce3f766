<%= "built " + "as a WAR" %>
